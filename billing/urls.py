"""Where invoices and tenants are shown."""

from django.urls import path

from billing import views

urlpatterns = [
    path("invoices", views.InvoiceList.as_view(), name="invoices"),
    path("invoices.csv", views.InvoiceCsv.as_view(), name="invoices-csv"),
    path("invoices/<slug:public_id>", views.InvoicePage.as_view(), name="invoice"),
    path("invoices/<slug:public_id>/paid", views.InvoicePaid.as_view(), name="invoice-paid"),
    path("invoices/<slug:public_id>/<slug:kind>", views.InvoiceDocument.as_view(), name="invoice-document"),
    path("tenants", views.TenantList.as_view(), name="tenants"),
]
