"""The questions that an installation begins with; from then on they are the staff's to change.

Only the migration that stores them reads this. A question that comes later gets a migration of its own.
"""

FIRST_QUESTIONS: tuple[tuple[str, str], ...] = (
    (
        "How do I get my first access token?",
        "In the portal, open Settings and make an API application: choose what it may do, and keep the client secret, which "
        "is shown once. Then POST the client id, the secret, grant_type client_credentials and the scopes you want to "
        "/api/v1/auth. Send the access_token of the answer with every call, in the header Authorization: Bearer.\n\n"
        "The API guide at /api/v1/guide leads from there to the first read and the first invoice.",
    ),
    (
        "Why does my token lack a scope that I asked for?",
        "What is granted is what you asked for, less what the application may not do, less what its user may not do. Scopes "
        "for admins are left out while the user is no admin. Nothing of this is an error: compare the scope of the answer "
        "with your request. Add what is missing to the application in the portal, then ask for a new token; a token that "
        "exists keeps the scopes it has.",
    ),
    (
        "How long do tokens live?",
        "An access token lives one hour. Its refresh token can be used once, until 90 days after, and gives a new pair. "
        "Authorization codes live 60 seconds, device codes 10 minutes.",
    ),
    (
        "Refreshing says invalid_grant. What went wrong?",
        "The dialect at /api/v1/auth needs both tokens of the same pair, and a refresh token serves once. If an old one is "
        "used again, we take it for stolen and revoke every token that came of the same sign-in: store both new tokens "
        "before you drop the old ones, and let only one process refresh. When it has happened, begin again with the flow "
        "that gave you the first pair.",
    ),
    (
        "Why do I get 404 for something that exists, and not 403?",
        "A thing of another company, or of a property that your user was not given, is answered exactly like a thing that "
        "does not exist. Otherwise ids could be tried out. A 403 means something else: the token lacks the scope that the "
        "message names.",
    ),
    (
        "My gateway was offline for a day. May it send its reads late?",
        "Yes, in any order and as often as you like. Consumption is worked out from the set of stored reads alone, so late "
        "reads put hours, days and months right by themselves. An invoice that is issued stays as it is; the billing run "
        "waits up to 24 hours after the end of a period for the meters' reads.",
    ),
    (
        "What happens when the same read is sent twice?",
        "It counts once. A read is one meter at one instant: the same values again are reported as duplicates. Other points "
        "of the same instant are added to it. Another value for a stored point is a conflict: the stored value stays and the "
        'answer names the row, unless the body says "replace": true.',
    ),
    (
        "A meter reported 0 between two good registers. Is that billed?",
        "No. A register that does not fit between its neighbours is flagged as an outlier and counts for nothing: 24263, 0, "
        "24264 is a consumption of 1. It is kept and shown under the reads for review.",
    ),
    (
        "What happens when a register rolls over, or a meter is replaced?",
        "A register that falls close to 0 after it stood close to its highest value has rolled over, and the step across is "
        "consumption. Any other fall is taken as a replaced or reset meter: the interval is 0, the read is flagged for "
        "review, and counting goes on from the new register.",
    ),
    (
        "Which time zone are times in?",
        "Times go out without an offset, in the time zone of the property they belong to, else of the company. Times of this "
        "list are UTC. You may send any ISO 8601 form: with an offset it is honoured, without one it is that same local time.",
    ),
    (
        "What happens when the clocks change?",
        "A local day then has 23 or 25 hours, and every read is still counted once. A local time that the change skips is "
        "refused; in the hour that comes twice, a time without an offset means the first of the two. Send offsets, or UTC "
        "with Z, and the question does not arise.",
    ),
    (
        "Does a read at midnight belong to the old day or to the new one?",
        "To the old one. A read reports what was used up to its time, so the read at 00:00 on 1 April closes 31 March.",
    ),
    (
        "How are amounts rounded?",
        "Each line of an invoice is rounded half up to the cent; the subtotal adds the rounded lines; tax is taken from the "
        "subtotal and rounded once. A split of the general meter is shared out so that the suites' amounts add up to the "
        "whole to the cent. Nothing is reckoned in floating point.",
    ),
    (
        "Why is there no invoice for last month yet?",
        "Invoices are issued on the service's day of the month from 06:00 local time, once every meter concerned has a read "
        "at or after the end of the period, at the latest 24 hours after it. A period that is not over is never billed. To "
        "issue at once, POST the month to /api/v1/billing/invoice with the scope billing:invoice:generate; what exists "
        "comes back unchanged.",
    ),
    (
        "Can I undo an invoice, or mark it as unpaid?",
        "No. An issued invoice keeps its own copy of rates, names and registers, and paid is final: marking it again changes "
        "nothing. Later changes of rates or meters are for the invoices to come.",
    ),
    (
        "How do I try out the delivery of reads to my server?",
        "Set the destination with PUT /api/v1/file-upload/http or /ftps and send a read with POST /api/v1/read that is "
        "less than 24 hours old; the file follows within seconds to two minutes. Each delivery is listed with its "
        "attempts and your server's answer. Destinations within private networks are refused unless whoever runs the "
        "platform opened them.",
    ),
    (
        "Is there a rate limit?",
        "Yes: 100 requests a second for each application, unless whoever runs the platform set another figure. Beyond it "
        "the answer is 429 with Retry-After in seconds. Many reads go into one request: POST /api/v1/read takes batches of "
        "up to 32 MiB, gzip welcome.",
    ),
    (
        "How do I page through a long list?",
        "Lists come whole unless you send limit or offset. Then X-Total-Count has the number of all, and the Link header "
        "the addresses of the first, previous, next and last page. Most lists have filters too; the guide names them for "
        "each operation.",
    ),
    (
        "Why is my body refused because of one field?",
        "Unknown fields, wrong types and unknown values of an enumeration are refused with 400, and fields names each with "
        "what would be right. Read-only fields such as id and created are ignored, so you can PUT back what you got. "
        "Unknown query parameters are ignored as well.",
    ),
    (
        "Can a browser call the API?",
        "Yes, from any origin: the API takes bearer tokens alone, never a cookie. But keep the client secret out of web "
        "pages. There, use the authorization code flow with PKCE.",
    ),
    (
        "Is there an API for vehicle charging (EVCMC)?",
        "Not yet. It is announced, nothing of it is built, and its addresses answer 404.",
    ),
)
