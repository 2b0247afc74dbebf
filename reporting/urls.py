"""Where reports are shown."""

from django.urls import path

from reporting.portal import chart_file, report_pages, schedule_pages

urlpatterns = [
    path("compare/file", chart_file.ChartFile.as_view(), name="chart-file"),
    path("reports", report_pages.Reports.as_view(), name="reports"),
    path("reports/file", report_pages.ReportFile.as_view(), name="report-file"),
    path("reports/scheduled", schedule_pages.ScheduleList.as_view(), name="schedules"),
    path("reports/scheduled/new", schedule_pages.ScheduleAdd.as_view(), name="schedule-add"),
    path("reports/scheduled/<slug:public_id>", schedule_pages.SchedulePage.as_view(), name="schedule"),
    path("reports/scheduled/<slug:public_id>/edit", schedule_pages.ScheduleEdit.as_view(), name="schedule-edit"),
    path("reports/scheduled/<slug:public_id>/delete", schedule_pages.ScheduleDelete.as_view(), name="schedule-delete"),
    path("reports/scheduled/<slug:public_id>/run", schedule_pages.ScheduleRun.as_view(), name="schedule-run"),
    path("reports/results/<slug:public_id>.pdf", schedule_pages.RunFile.as_view(), name="run-file"),
]
