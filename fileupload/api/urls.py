"""The addresses of file upload under `/api/v1`; the reference's example calls FTPS `ftp` once (decisions, section 1)."""

from django.urls import path

from fileupload.api.views import FtpsViewSet, HttpViewSet

METHODS = {"get": "list", "put": "update", "delete": "destroy"}
ftps = FtpsViewSet.as_view(METHODS)

urlpatterns = [
    path("file-upload/http", HttpViewSet.as_view(METHODS), name="api-file-upload-http"),
    path("file-upload/ftps", ftps, name="api-file-upload-ftps"),
    path("file-upload/ftp", ftps),
]
