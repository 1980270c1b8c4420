"""The arrays of the journey kernel: what it is given, what it remembers, what it leaves behind.

In the dialect of `vuon.kernel`: all sizes are constants, two capacity classes come from one source
by another value of `CITIZENS`. Steps, resources and groups stand in the order of the hashes of
their keys, so that the order of a file never reaches a result. Times are minutes from the start of
the calendar, money is đồng.
"""

from vuon.kernel.dialect import F, L, floats, ints

# Capacity: of a build, of a journey, of its timetables.
CITIZENS = 4096
TOKENS = 2 * CITIZENS
EVENTS = 4 * CITIZENS
STEPS = 64
RESOURCES = 32
GROUPS = 16
PRIORITIES = 8
# Lines of tokens: a queue for each resource and class, from HELD on a batch for each step.
HELD = RESOURCES * PRIORITIES
LINES = HELD + STEPS
STAYS = GROUPS * STEPS
WAYS = 8192
DISTS = 2048
NODES = 65
TABLES = 128
RATES = 16384
SCHEDULE = 16384
CLOCKS = 34
OPENINGS = 8192
RELEASES = 4096
APPOINTMENTS = 8192
CROWDS = 1024
BACKLOGS = 256
REPLICATIONS = 64
VISIT_WORDS = 16

# The header: scalars of the model and of the run, then where a cut run goes on.
H_STEPS = 0
H_RESOURCES = 1
H_GROUPS = 2
H_ENTRY = 3
H_ATTEMPTS = 4
H_APPOINTMENTS = 5
H_CROWDS = 6
H_BACKLOGS = 7
H_REPLICATIONS = 8
H_PHASE = 16
H_REPLICATION = 17
H_EVENTS = 18
H_FAULT = 19
H_HEAP = 20
H_TIES = 21
H_PENDING = 22
H_INSIDE = 23
H_OVERTIME = 24
H_TOKEN_FREE = 25
H_TOKEN_USED = 26
H_CITIZEN_FREE = 27
H_CITIZEN_USED = 28
H_STREAMS = 29
H_FOUND = 30
header: L = ints(64)

# Scalars: the window of the cohort, the last moment, the widths of histograms.
S_WARMUP = 0
S_HORIZON = 1
S_END = 2
S_NOW = 8
S_TIE = 9
scalars: F = floats(32)

# Kinds of steps.
K_DO = 0
K_WAIT = 1
K_TRAVEL = 2
K_DESK = 3
K_BACKOFFICE = 4
K_DECISION = 5
K_BATCH = 6
K_FORK = 7
K_JOIN = 8
K_END = 9

# Steps: hash of the key, pool of desks or -1, where the impatient go or -1, the join of a fork.
step_kind: L = ints(STEPS)
step_hash: L = ints(STEPS)
step_resource: L = ints(STEPS)
step_impatient: L = ints(STEPS)
step_join: L = ints(STEPS)
step_trip: L = ints(STEPS)
step_fee: F = floats(STEPS)
step_prepare: F = floats(STEPS)
batch_size: L = ints(STEPS)
release_first: L = ints(STEPS)
release_count: L = ints(STEPS)
release_time: F = floats(RELEASES)

# Stays: one for each group and step. Distributions are -1 where there is none.
stay_service: L = ints(STAYS)
stay_patience: L = ints(STAYS)
stay_gives_up: F = floats(STAYS)
stay_missing: F = floats(STAYS)
stay_missing_minutes: F = floats(STAYS)
stay_missing_money: F = floats(STAYS)
stay_papers: L = ints(STAYS)
stay_first: L = ints(STAYS)
stay_count: L = ints(STAYS)
stay_scaled: L = ints(STAYS)
stay_done: L = ints(STAYS)

# Ways on: probability, target, whether it is a new attempt, multiplier for each earlier time that
# it was taken with the place of that count (-1 without), delay on the way.
way_share: F = floats(WAYS)
way_target: L = ints(WAYS)
way_rework: L = ints(WAYS)
way_factor: F = floats(WAYS)
way_counter: L = ints(WAYS)
way_delay: L = ints(WAYS)

# Distributions: 0 constant, 1 exponential, 2 uniform, 3 lognormal, 4 Weibull, 5 quantile table.
dist_family: L = ints(DISTS)
dist_a: F = floats(DISTS)
dist_b: F = floats(DISTS)
dist_table: L = ints(DISTS)
tables: F = floats(TABLES * NODES)

# Groups, and their arrivals: rates under the envelope of the comparison.
group_hash: L = ints(GROUPS)
group_priority: L = ints(GROUPS)
group_travel_minutes: F = floats(GROUPS)
group_travel_money: F = floats(GROUPS)
group_minute_value: F = floats(GROUPS)
group_tolerance: F = floats(GROUPS)
group_cumulative: F = floats(GROUPS)
group_crowd: F = floats(GROUPS)
rate_first: L = ints(GROUPS)
rate_count: L = ints(GROUPS)
rate_time: F = floats(RATES)
rate_value: F = floats(RATES)
rate_envelope: F = floats(RATES)

# Pools of desks: how many are open from when on; closing: 0 finish, 1 stop tickets, 2 next day.
resource_hash: L = ints(RESOURCES)
resource_clock: L = ints(RESOURCES)
resource_closing: L = ints(RESOURCES)
resource_keep: L = ints(RESOURCES)
resource_stop: F = floats(RESOURCES)
resource_cost: F = floats(RESOURCES)
desks_first: L = ints(RESOURCES)
desks_count: L = ints(RESOURCES)
desks_time: F = floats(SCHEDULE)
desks_value: L = ints(SCHEDULE)

# Clocks of opening minutes; number 0 is the journey's calendar.
clock_first: L = ints(CLOCKS)
clock_count: L = ints(CLOCKS)
clock_start: F = floats(OPENINGS)
clock_end: F = floats(OPENINGS)
clock_before: F = floats(OPENINGS)

# Appointments (group -1 is drawn), days with people before the door, cases that lie there.
slot_time: F = floats(APPOINTMENTS)
slot_group: L = ints(APPOINTMENTS)
slot_step: L = ints(APPOINTMENTS)
slot_number: L = ints(APPOINTMENTS)
slot_no_show: F = floats(APPOINTMENTS)
crowd_time: F = floats(CROWDS)
crowd_day: L = ints(CROWDS)
backlog_step: L = ints(BACKLOGS)
backlog_group: L = ints(BACKLOGS)
backlog_count: L = ints(BACKLOGS)

# The key of luck of each replication.
replication_key: L = ints(REPLICATIONS)

# State of resources, queues, clocks, batches, arrival streams.
res_desks: L = ints(RESOURCES)
res_busy: L = ints(RESOURCES)
res_queued: L = ints(RESOURCES)
res_at: L = ints(RESOURCES)
res_overtime: F = floats(RESOURCES)
res_over_since: F = floats(RESOURCES)
line_head: L = ints(LINES)
line_tail: L = ints(LINES)
clock_at: L = ints(CLOCKS)
held_count: L = ints(STEPS)
release_at: L = ints(STEPS)
stream_at: L = ints(GROUPS)
stream_number: L = ints(GROUPS)
stream_time: F = floats(GROUPS)

# Tokens: one for each citizen and one more for each branch of a fork. `token_state` is one of T_…;
# `token_inside` is 1 from a queue on until the token goes where time passes without a desk.
T_FREE = 0
T_MOVING = 1
T_DELAYED = 2
T_QUEUED = 3
T_SERVED = 4
T_HELD = 5
T_AWAY = 6
T_FORKED = 7
T_ACTIVE = 8
token_state: L = ints(TOKENS)
token_citizen: L = ints(TOKENS)
token_step: L = ints(TOKENS)
token_visit: L = ints(TOKENS)
token_stamp: L = ints(TOKENS)
token_next: L = ints(TOKENS)
token_before: L = ints(TOKENS)
token_parent: L = ints(TOKENS)
token_branches: L = ints(TOKENS)
token_joined: L = ints(TOKENS)
token_sister: L = ints(TOKENS)
token_inside: L = ints(TOKENS)
token_clock: F = floats(TOKENS)
token_patience: F = floats(TOKENS)
pending_token: L = ints(1024)
pending_step: L = ints(1024)

# Citizens; `citizen_row` is the row of results, below `ROWS`, or -1 for none.
citizen_group: L = ints(CITIZENS)
citizen_number: L = ints(CITIZENS)
citizen_key: L = ints(CITIZENS)
citizen_row: L = ints(CITIZENS)
citizen_token: L = ints(CITIZENS)
citizen_entered: F = floats(CITIZENS)
citizen_wait: F = floats(CITIZENS)
citizen_work: F = floats(CITIZENS)
citizen_service: F = floats(CITIZENS)
citizen_travel: F = floats(CITIZENS)
citizen_money: F = floats(CITIZENS)
citizen_state_cost: F = floats(CITIZENS)
citizen_trips: L = ints(CITIZENS)
citizen_attempts: L = ints(CITIZENS)
citizen_taken: L = ints(2 * CITIZENS)

# The event heap and the events of one moment, in the order of the law of ties.
event_key: L = ints(EVENTS)
event_word: L = ints(EVENTS)
tie_word: L = ints(EVENTS)

# Visits of each citizen to each step, four counts of 16 bits in a word.
visits: L = ints(CITIZENS * VISIT_WORDS)
