"""`make bench`: our work beside its yardstick, a bare script that does the same without our code, in the same run.

BENCH_SCALE=0.1       a tenth of the reads (1 is 1,000 meters x 30 days of five-minute reads)
BENCH_ROWS=cycle,late only these rows (ingest, cycle, late, consumption, invoices, reports, tokens, scheduled)
BENCH_DATABASES=...   postgresql, sqlite or both
BENCH_REPEATS=5       how often each figure is taken; the median counts
BENCH_POSTGRES_URL    a server that lets us make and drop the database named in it
"""
