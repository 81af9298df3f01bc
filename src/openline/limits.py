"""Every maximum, unit last. Whatever comes in is checked against one of these before it costs anything."""

from __future__ import annotations

from typing import Final

LINE_MEMBERS_MAX: Final = 64
"""Members ever of one line, removed ones included; a member's place in that list is its short name on the wire."""

ENTRY_MAX_BYTES: Final = 1 << 20
"""One entry in full form: header, signature, items and salts."""

HEADER_MAX_BYTES: Final = 16 << 10
"""The signed header of an entry."""

ITEMS_MAX: Final = 32
"""Body items of one entry."""

REFERS_MAX: Final = 16
"""Entries that one entry refers to."""

BEYOND_MAX: Final = 64
"""Numbers held beyond a gap that one have-vector lists for one feed."""

BEYONDS_MAX: Final = 128
"""Numbers held beyond a gap that a post lists in one have-vector, all feeds together: so no header is too long."""

AHEAD_MAX: Final = 65_536
"""How far beyond the contiguous end of a feed an entry may stand and still be kept."""

WAITING_MAX_BYTES: Final = 32 << 20
"""Entries of one feed held in memory beyond a gap; what comes beyond is asked for again when the gap has filled."""

PENDING_MAX_BYTES: Final = 16 << 20
"""The same for what waits on one link because what is needed to read it has not come yet."""

TEXT_MAX_BYTES: Final = 256 << 10
"""Text of one message, UTF-8."""

FLASH_WORDS_MAX: Final = 200
"""Words of a FLASH or IMMEDIATE message (spec/kinds.md, Message)."""

CALLED_MAX: Final = 16
"""Parties of one call request."""

CALL_TIMES_MAX: Final = 16
"""Times proposed in one call request or answer."""

CALL_TOPICS_MAX: Final = 16
"""Topics of one call request."""

ATTEMPTS_STATED_MAX: Final = 32
"""Attempts to reach one party that a post states by itself in one contact; the officers' own are not counted."""

RESPONSES_STATED_MAX: Final = 8
"""Responses to certificates that a post states by itself in one contact."""

NO_CONTACT_ENTRIES_MAX: Final = 262_144
"""Entries of one certificate of no contact; its verifier holds them in memory."""

CROSSED_MAX: Final = 64
"""Requests that are one contact; of those that a post wrote before it knew a request, so many are looked at."""

EXCHANGE_ENTRIES_MAX: Final = 2_048
"""Entries of one author in one exchange that count, the first of its feed; others are kept, and count for nothing."""

FOLDED_AT_ONCE_MAX: Final = 500
"""Entries of an exchange that is folded whenever one comes; a longer one once in as many milliseconds."""

DUE_AT_ONCE_MAX: Final = 200
"""Exchanges that are folded in one turn because their hour has come; the others wait for the next, half a second."""

OPENINGS_MAX: Final = 1_000
"""Newest openings that a list looks through for those that are open."""

OPENINGS_ABOUT_MAX: Final = 256
"""Openings of one author and kind about one entry that count, the first of its feed: minutes of one call, and so on."""

JOINT_LINES_MAX: Final = 200
"""Lines ever of one joint statement, struck ones included."""

JOINT_PROPOSALS_MAX: Final = 64
"""Changes of the text of a joint statement that one party proposes and that wait for the drafter's word."""

JOINT_PAGE_MAX_BYTES: Final = 32 << 20
"""The public page of a joint statement: its texts, the cards of its parties and what they signed, in base64."""

OFFICES_MAX: Final = 64
"""Offices in one roster."""

HOLDERS_MAX: Final = 64
"""Holders of one office over time, or its deputies."""

FALLBACKS_MAX: Final = 16
"""Fallback contacts in one roster."""

DISCLOSED_ITEMS_MAX: Final = 64
"""Items of which one proposal of disclosure speaks."""

READOUT_TEXT_MAX_BYTES: Final = 128 << 10
"""What one readout holds of a published text, from its beginning; the longest real ones have some kilobytes."""

READOUT_FILE_MAX_BYTES: Final = 16 << 20
"""The whole text that a readout is the beginning of."""

READOUTS_MAX: Final = 16
"""Readouts of one contact that one party files."""

READOUT_MARKS_MAX: Final = 256
"""Marks of one party on the readouts of one contact, and its words on marks of others."""

READOUT_WORDS_MAX: Final = 4_096
"""Words of each text that are compared with those of another."""

TOGETHER_DOCUMENT_MAX_BYTES: Final = 128 << 10
"""A document that is shown in a simultaneous exchange."""

TOGETHER_KEPT_MAX: Final = 64
"""Documents that a post keeps until they may be shown."""

CLAIM_TOLD_MAX: Final = 64
"""Names of who else was told in one statement about a claim."""

CLAIM_FILES_MAX: Final = 16
"""Files named in one piece of evidence for a claim."""
INCIDENT_TITLE_MAX_BYTES: Final = 256
"""Title of an incident, or its place in words, UTF-8."""

INCIDENT_SOURCES_MAX: Final = 16
"""Sources that one entry of an incident names."""

INCIDENT_STANDING_MAX: Final = 16
"""Assessments of one party in one incident that stand at the same time."""

INCIDENT_OPEN_MAX: Final = 64
"""Investigations, requests not to comment, corrections or ties of one party in one incident, withdrawn ones too."""

INCIDENTS_TIED_MAX: Final = 8
"""Incidents said to be the same that are shown together."""

PHRASE_MAX_BYTES: Final = 4_096
"""A sentence or a few in a form field: a topic, a reason, what happened in an attempt."""

UNTAKEN_MAX_ENTRIES: Final = 256
"""Urgent messages of one author on one line for which the clock of what nobody has taken runs."""

UNTAKEN_ALARMS_MAX: Final = 15
"""Alarms about one message that nobody has taken: half an hour of them for a FLASH, 2.5 hours for an IMMEDIATE."""

PAGING_FILE_MAX_BYTES: Final = 64 << 10
"""The file that says who is on call."""

PAGING_PEOPLE_MAX: Final = 64
"""Persons in that file."""

PAGING_SERVICES_MAX: Final = 16
"""Services of one person in that file."""

PAGES_MAX: Final = 2_048
"""Attempts to page somebody that a post remembers; the oldest are forgotten first."""

WATCH_LOG_MAX_WORDS: Final = 20_000
"""Words of the watch log that a home keeps; the oldest are forgotten first."""

WATCH_TEXT_MAX_BYTES: Final = 8 << 10
"""Text of one of them, UTF-8."""

WATCH_ITEMS_MAX: Final = 200
"""Open items that both officers of a relief sign."""

PAGES_AT_ONCE_MAX: Final = 4
"""Processes that page at the same time."""

CARD_TEXT_MAX_BYTES: Final = 16 << 10
"""One action card, UTF-8."""

EXERCISE_FILE_MAX_BYTES: Final = 1 << 20
"""The file of an exercise."""

EXERCISE_PARTIES_MAX: Final = 12
"""Parties of one exercise: each is a process of this machine, and each two are joined by a path."""

EXERCISE_STEPS_MAX: Final = 1_000
"""Steps of one exercise, and as many facts, faults and goals."""

DIRECTOR_REQUEST_MAX_BYTES: Final = 64 << 10
"""One request of a director to the exercise that runs."""

VOICE_NOTE_MAX_BYTES: Final = 1 << 10
"""What is sealed of check digits: two notes with their signatures take 640 bytes."""

VOICE_SEALED_MAX_BYTES: Final = 4 << 10
"""The same, sealed."""

VOICE_SESSIONS_MAX: Final = 16
"""Contacts with one peer for which check digits are being made at the same time."""

NAME_MAX_BYTES: Final = 64
"""Name of a post, line, officer or role, UTF-8."""

CARD_MAX_BYTES: Final = 4 << 20
"""A card: all key statements of one post. One with one sealing key takes 4.8 kB: 16 years of weekly ones fit."""

STATEMENTS_MAX: Final = 1_024
"""Key statements in one card."""

STATEMENT_MAX_BYTES: Final = 128 << 10
"""One key statement with its signatures: a year of weekly sealing keys fits."""

CARD_KEYS_MAX: Final = 2_048
"""Public keys ever enrolled in one card; to check one takes at most 1.5 ms."""

ROLES_MAX: Final = 16
"""Roles of one officer."""

PASSKEYS_MAX: Final = 8
"""Passkeys of one officer, revoked ones included."""

CLIENT_DATA_MAX_BYTES: Final = 1_024
"""What a browser says of itself in the signature of a passkey (clientDataJSON)."""

RP_ID_MAX_BYTES: Final = 253
"""The host name for which a passkey is good, as long as any in DNS (RFC 1035)."""

DRAFTS_MAX: Final = 64
"""Drafts that wait at one post for a device to sign or a second officer to release them."""

RULES_MAX_BYTES: Final = 32 << 10
"""The rules in one version of a line's terms."""

CHECK_SLOTS_MAX: Final = 144
"""Link checks of one sort that one member originates in a day."""

CHECK_TEXTS_MAX: Final = 256
"""Texts from which link checks are drawn."""

HOLIDAYS_MAX: Final = 64
"""Days on which a member originates no checks."""

CHECKS_ANSWERED_MAX: Final = 120
"""Link checks of one member that a post answers by itself in an hour; its officers may answer more."""

OUTAGES_MAX: Final = 16
"""Announced outages of one member that explain silence at the same time; the newest count."""

FORMS_MAX: Final = 64
"""Forms, or kinds of entries, that the rules of a line name."""

LANGUAGES_MAX: Final = 16
"""Languages that the rules of a line name."""

TERMS_MAX_BYTES: Final = 64 << 10
"""One version of a line's terms."""

NOTE_MAX_BYTES: Final = 256 << 10
"""A checkpoint as a signed note with all its cosignatures."""

LINK_FRAME_MAX_BYTES: Final = 64 << 10
"""One frame of the link protocol."""

LINK_PIECE_MAX_BYTES: Final = 32 << 10
"""One piece of a larger entry on the link."""

LINK_WINDOW_MIN_BYTES: Final = 768
"""Unacknowledged bytes that a link always allows, however slow it is."""

LINK_WINDOW_MAX_BYTES: Final = 4 << 20
"""Unacknowledged bytes that a link never exceeds, however fast it is."""

OUTBOX_MAX_BYTES: Final = 4 << 20
"""Entries held in memory for one link; what is beyond is fetched from the record again."""

FETCH_MAX_ENTRIES: Final = 512
"""Entries fetched from the record at once to fill an outbox."""

PENDING_MAX_ENTRIES: Final = 1_024
"""Entries of one link held in memory because what is needed to read them has not come yet."""

HANDSHAKES_MAX: Final = 64
"""Handshakes of strangers at the same time on the link port."""

BUNDLE_MAX_BYTES: Final = 4 << 30
"""A bundle or parcel file."""

PASSPHRASE_MAX_BYTES: Final = 1_024
"""A passphrase, UTF-8."""

KEYSTORE_MAX_BYTES: Final = 1 << 20
"""The file of private keys."""

KEYSTORE_MEMORY_MAX_KIB: Final = 256 << 10
"""Memory that opening a keystore may take."""

KEYSTORE_PASSES_MAX: Final = 16
"""Passes over that memory: with the memory, some seconds at most."""

KEYSTORE_LANES_MAX: Final = 16
"""Lanes of that memory."""

CERTIFICATE_MAX_BYTES: Final = 4 << 10
"""A link certificate, DER."""

HANDSHAKE_MAX_BYTES: Final = 16 << 10
"""What the other side of a connection may send before the link is open; an honest one needs about 2.5 kB."""

CONNECTIONS_PER_PEER_MAX: Final = 4
"""Open connections of one peer; the oldest gives way, for after a cut the newest is the live one."""

PARCEL_FRAME_MAX_BYTES: Final = 2 << 20
"""One frame of a parcel file: a whole entry with its seal fits."""

DROP_FILES_MAX: Final = 10_000
"""Files in one drop directory."""

CONTROL_REQUEST_MAX_BYTES: Final = 1 << 20
"""One request on the control socket; a message of the longest text fits, however its characters are written."""

CONTROL_ANSWER_MAX_BYTES: Final = 64 << 20
"""One answer on the control socket."""

CONTROL_CONNECTIONS_MAX: Final = 64
"""Connections to the control socket at the same time."""

CONTROL_WAITING_MAX: Final = 256
"""Requests of one control connection that wait for their answers; what comes beyond waits unread in the socket."""

CONTROL_UNREAD_MAX_BYTES: Final = 16 << 20
"""Answers and events that one control connection has not read; beyond it is hung up."""

TURN_EVENTS_MAX: Final = 256
"""Events handled in one turn, and so made durable by one commit."""

QUEUE_EVENTS_MAX: Final = 2_048
"""Events waiting for their turn before links are read no further."""

DIALS_PER_PEER_MAX: Final = 3
"""Attempts to reach one peer at the same time."""

INBOX_MAX_ENTRIES: Final = 10_000
"""Exchanges in one answer to `inbox`."""

HOME_FILE_MAX_BYTES: Final = 64 << 10
"""The file that says which post a home holds."""

PARCEL_FRAMES_MAX: Final = 65_536
"""Link frames of one carried parcel."""

CARRIED_MAX_BYTES: Final = 256 << 20
"""What one carried parcel holds; it is opened in memory."""

AREA_VERTICES_MAX: Final = 10_000
"""Vertices of one area, its holes included."""

AREA_HOLES_MAX: Final = 64
"""Holes of one polygon."""

AREA_CIRCLE_MAX_M: Final = 5_000_000
"""Radius of a circle and half the width of a track, metres."""

AREA_LARGE_MAX_SQKM: Final = 5_000_000
"""An area above it is flagged, square kilometres: one hundredth of the Earth."""

AREA_NAME_MAX_BYTES: Final = 256
"""Name of a sea or a region, UTF-8."""

READING_FILE_MAX_BYTES: Final = 16 << 20
"""A file of warnings that is read at once; thousands of real ones fit."""

GEOJSON_COORDINATES_MAX_BYTES: Final = 2 << 20
"""Coordinates of one geometry, as they are written; the most vertices fit."""

GEOJSON_FEATURES_MAX: Final = 20_000
"""Features of one collection."""

XML_DEPTH_MAX: Final = 32
"""Elements within elements of an XML file."""

XML_ELEMENTS_MAX: Final = 100_000
"""Elements of an XML file."""

CAP_ALERTS_MAX: Final = 5_000
"""Alerts of one file."""

WARNING_MAX_BYTES: Final = 32 << 10
"""One navigational warning; the longest real ones, lists of drilling rigs or of warnings in force, have 5 kB."""

WARNING_WINDOWS_MAX: Final = 2_048
"""Single periods of one time phrase: three a day for more than a year fit."""

WARNINGS_MAX: Final = 20_000
"""Warnings in one file: all that five series issue in two years fit."""

DESK_BODY_MAX_BYTES: Final = 1 << 20
"""The body of a request at the desk; a message of the longest text fits, however its characters are written."""

DESK_STRANGER_BODY_MAX_BYTES: Final = 4 << 10
"""The same from whoever has not signed in: a name and a password."""

DESK_HEAD_MAX_BYTES: Final = 16 << 10
"""Request line and headers at the desk."""

DESK_CONNECTIONS_MAX: Final = 128
"""Connections to the desk at the same time."""

DESK_SESSIONS_MAX: Final = 256
"""Officers signed in at the same time; the one that was idle longest gives way."""

DESK_WATCHERS_MAX: Final = 64
"""Pages of the desk that are told events at the same time."""

DESK_UNREAD_MAX_EVENTS: Final = 2_048
"""Events that one page has not read; beyond it is hung up, and comes again."""

ACCOUNT_TEXT_MAX_BYTES: Final = 128 << 10
"""The text of one account; the longest press report seen has 5 kB."""

ACCOUNTS_MAX: Final = 1_000
"""Accounts filed in one home."""

ACCOUNT_MARKS_MAX: Final = 500
"""Marks in one account, and as many rejected proposals."""

ACCOUNT_NAMES_MAX: Final = 16
"""Persons, offices or parties that one mark names on one side."""

ACCOUNT_SENTENCES_MAX: Final = 10_000
"""Sentences of one account that are looked through for proposals."""

ACCOUNT_SENTENCE_MAX_CHARACTERS: Final = 2_000
"""One sentence of an account; a longer one is looked through in pieces."""

ACCOUNT_PARTIES_MAX: Final = 500
"""Names from rosters that are looked for in one account."""

ACCOUNT_DATES_MAX: Final = 5_000
"""Days, and so numbers, that are found in one account."""

ACCOUNT_PROPOSALS_MAX: Final = 1_000
"""Marks proposed in one account."""

ACCOUNT_FACTS_MAX: Final = 20_000
"""Facts of the record that the marks of one account are held against."""

ACCOUNT_FILE_MAX_BYTES: Final = 512 << 10
"""The file in which one account is shown to others, with its marks."""

DESK_ACCOUNTS_MAX: Final = 256
"""Officers who may sign in at the desk."""

DESK_TOKENS_MAX: Final = 64
"""Tokens with which programs ask at the desk."""

DESK_TOKEN_REQUESTS_MAX: Final = 8
"""Requests of one token that are answered at the same time, so that no program takes the loop from the entries."""

DESK_TOKEN_WATCHERS_MAX: Final = 4
"""WebSockets of one token at the same time."""

DESK_TRIED_MAX: Final = 1_024
"""Names and addresses of which the desk remembers failed tries."""

DESK_HASHES_MAX: Final = 16
"""Tries at a password that wait for their turn to be computed."""

PASSWORD_MAX_BYTES: Final = 1_024
"""A password of the desk, UTF-8."""

NOTAM_MAX_CHARS: Final = 64 << 10
"""One NOTAM in all its parts; the longest seen have 12,000 characters."""

NOTAM_VERTICES_MAX: Final = 2_000
"""Positions in item E of one NOTAM; the longest seen has fewer than 100."""

NOTAM_WINDOWS_MAX: Final = 4_000
"""Periods that item D of one NOTAM writes out: several a day for years."""

ASSET_ROWS_MAX: Final = 100_000
"""Positions of own assets in one file."""

WARNING_AREAS_MAX: Final = 1_000
"""Areas of one warning in GeoJSON or CAP."""

WARNING_REFUSALS_MAX: Final = 200
"""Refused parts that are told of one warning in GeoJSON or CAP."""

DESK_ALARMS_MAX: Final = 256
"""Alarms that wait to be noted at the desk; the oldest gives way."""

FORM_MAX_BYTES: Final = 64 << 10
"""The file of one form of notices; the longest shipped has 6 kB."""

FORM_FIELDS_MAX: Final = 64
"""Fields of one form, and so of one notice."""

NOTICE_WINDOWS_MAX: Final = 4_000
"""Windows of one notice: what the longest schedule of a NOTAM writes out."""

NOTICE_CONTACTS_MAX: Final = 16
"""Field contacts of one notice."""

NOTICE_SOURCE_MAX_BYTES: Final = 128 << 10
"""The original text of an imported notice, kept byte for byte."""

NOTICE_DOUBTS_MAX: Final = 64
"""Doubts and refused parts of a reading that an imported notice carries."""

NOTICES_MAX: Final = 20_000
"""Notices of all lines that a post holds ready to be asked what is in force."""

NOTICES_IMPORTED_MAX: Final = 256
"""Notices in one request to import; a file is cut into several."""

SERIES_MISSING_MAX: Final = 1_000
"""Missing numbers of one series that are remembered."""
