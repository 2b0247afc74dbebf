"""Where staff read the local outbox."""

from django.urls import path

from billing import outbox_views as views

urlpatterns = [
    path("outbox", views.MessageList.as_view(), name="outbox"),
    path("outbox/", views.MessageList.as_view()),
    path("outbox/<str:name>", views.MessagePage.as_view(), name="outbox-message"),
    path("outbox/<str:name>/html", views.MessageHtml.as_view(), name="outbox-html"),
    path("outbox/<str:name>/attachments/<int:position>", views.Attachment.as_view(), name="outbox-attachment"),
]
