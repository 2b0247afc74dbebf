"""Where invoices and tenants are shown, and billing is set up."""

from django.urls import path

from billing import views
from billing.portal import bundle, generate, paid, setup, template_pages, tenants

urlpatterns = [
    path("invoices", views.InvoiceList.as_view(), name="invoices"),
    path("invoices.csv", views.InvoiceCsv.as_view(), name="invoices-csv"),
    path("invoices.xlsx", views.InvoiceXlsx.as_view(), name="invoices-xlsx"),
    path("invoices/zip", bundle.BundleAsk.as_view(), name="invoices-zip"),
    path("invoices/zip/<slug:public_id>", bundle.BundlePage.as_view(), name="invoice-bundle"),
    path("invoices/zip/<slug:public_id>.zip", bundle.BundleFile.as_view(), name="invoice-bundle-file"),
    path("invoices/paid", paid.InvoicesPaid.as_view(), name="invoices-paid"),
    path("invoices/<slug:public_id>", views.InvoicePage.as_view(), name="invoice"),
    path("invoices/<slug:public_id>/paid", views.InvoicePaid.as_view(), name="invoice-paid"),
    path("invoices/<slug:public_id>/resend", generate.Resend.as_view(), name="invoice-resend"),
    path("invoices/<slug:public_id>/<slug:kind>", views.InvoiceDocument.as_view(), name="invoice-document"),
    path("tenants", views.TenantList.as_view(), name="tenants"),
    path("tenants/new", tenants.TenantStart.as_view(), name="tenant-start"),
    path("tenants/<slug:public_id>", tenants.TenantEdit.as_view(), name="tenant"),
    path("tenants/<slug:public_id>/delete", tenants.TenantDelete.as_view(), name="tenant-delete"),
    path("properties/<slug:public_id>/tenants/new", tenants.TenantAdd.as_view(), name="tenant-add"),
    path("properties/<slug:public_id>/billing", setup.BillingSetup.as_view(), name="billing-setup"),
    path("properties/<slug:public_id>/generate", generate.Generate.as_view(), name="generate"),
    path("properties/<slug:public_id>/billing/constants", setup.ConstantsEdit.as_view(), name="constants"),
    path("properties/<slug:public_id>/template", template_pages.TemplatePage.as_view(), name="template"),
    path("properties/<slug:public_id>/template.odt", template_pages.TemplateDownload.as_view(), name="template-odt"),
    path("properties/<slug:public_id>/template/draft", template_pages.DraftPage.as_view(), name="template-draft"),
    path("properties/<slug:public_id>/template/draft.pdf", template_pages.DraftPdf.as_view(), name="template-pdf"),
    path(
        "properties/<slug:public_id>/template/discard", template_pages.DraftDiscard.as_view(), name="template-discard"
    ),
    path("properties/<slug:public_id>/template/reset", template_pages.TemplateReset.as_view(), name="template-reset"),
    path("properties/<slug:public_id>/fees/new", setup.FeeAdd.as_view(), name="fee-add"),
    path("fees/<slug:public_id>", setup.FeeEdit.as_view(), name="fee"),
    path("fees/<slug:public_id>/delete", setup.FeeDelete.as_view(), name="fee-delete"),
    path("properties/<slug:public_id>/suites/new", setup.SuiteAdd.as_view(), name="suite-add"),
    path("suites/<slug:public_id>/edit", setup.SuiteEdit.as_view(), name="suite-edit"),
    path("suites/<slug:public_id>/delete", setup.SuiteDelete.as_view(), name="suite-delete"),
    path("properties/<slug:public_id>/services/new", setup.ServiceAdd.as_view(), name="service-add"),
    path("services/<slug:public_id>", setup.ServiceEdit.as_view(), name="service"),
    path("services/<slug:public_id>/delete", setup.ServiceDelete.as_view(), name="service-delete"),
]
