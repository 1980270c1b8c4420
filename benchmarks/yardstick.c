/* The yardstick: the journey kernel in plain C, frozen.
 *
 * What it is: `vuon.kernel.c.emit` of src/vuon/journeys/kernel_source.py as it stood on 2026-11-27
 * (4,096 citizens), written out once; `f_push` and `f_pop` are by hand, as anybody writes a heap in
 * C: keyed by the time itself, the least child found by `if`. Each gain of our own source and emitter
 * shows as a ratio to this text, and none of them moves it. Compile it with
 *     cc -O3 -march=native -ffp-contract=off -fwrapv
 * Its outputs on journey6 are those of the module in every bit (tests/unit/test_journey_yardstick.py).
 *
 * When it may change: only together with a change that is meant to alter journey6's outputs, or
 * that moves the header's cells. Then write it anew from the source, put the two functions below in
 * again, and say so in benchmarks/results.md: ratios to the old text end there. Never to be faster.
 */
#include <stdint.h>
#include <string.h>
#include <math.h>
static inline int64_t bits(double x) { int64_t n; memcpy(&n, &x, 8); return n; }
static inline double unbits(int64_t n) { double x; memcpy(&x, &n, 8); return x; }
static inline int64_t whole(double x) {
  if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0)) __builtin_trap();
  return (int64_t)x;
}
static int64_t a_header[64];
static double a_scalars[32];
static int64_t a_step_kind[64];
static int64_t a_step_hash[64];
static int64_t a_step_resource[64];
static int64_t a_step_impatient[64];
static int64_t a_step_join[64];
static int64_t a_step_trip[64];
static double a_step_fee[64];
static double a_step_prepare[64];
static int64_t a_batch_size[64];
static int64_t a_release_first[64];
static int64_t a_release_count[64];
static double a_release_time[4096];
static int64_t a_stay_service[1024];
static int64_t a_stay_patience[1024];
static double a_stay_gives_up[1024];
static double a_stay_missing[1024];
static double a_stay_missing_minutes[1024];
static double a_stay_missing_money[1024];
static int64_t a_stay_papers[1024];
static int64_t a_stay_first[1024];
static int64_t a_stay_count[1024];
static int64_t a_stay_scaled[1024];
static int64_t a_stay_done[1024];
static double a_way_share[8192];
static int64_t a_way_target[8192];
static int64_t a_way_rework[8192];
static double a_way_factor[8192];
static int64_t a_way_counter[8192];
static int64_t a_way_delay[8192];
static int64_t a_dist_family[2048];
static double a_dist_a[2048];
static double a_dist_b[2048];
static int64_t a_dist_table[2048];
static double a_tables[8320];
static int64_t a_group_hash[16];
static int64_t a_group_priority[16];
static double a_group_travel_minutes[16];
static double a_group_travel_money[16];
static double a_group_minute_value[16];
static double a_group_tolerance[16];
static double a_group_cumulative[16];
static double a_group_crowd[16];
static int64_t a_rate_first[16];
static int64_t a_rate_count[16];
static double a_rate_time[16384];
static double a_rate_value[16384];
static double a_rate_envelope[16384];
static int64_t a_resource_hash[32];
static int64_t a_resource_clock[32];
static int64_t a_resource_closing[32];
static int64_t a_resource_keep[32];
static double a_resource_stop[32];
static double a_resource_cost[32];
static int64_t a_desks_first[32];
static int64_t a_desks_count[32];
static double a_desks_time[16384];
static int64_t a_desks_value[16384];
static int64_t a_clock_first[34];
static int64_t a_clock_count[34];
static double a_clock_start[8192];
static double a_clock_end[8192];
static double a_clock_before[8192];
static double a_slot_time[8192];
static int64_t a_slot_group[8192];
static int64_t a_slot_step[8192];
static int64_t a_slot_number[8192];
static double a_slot_no_show[8192];
static double a_crowd_time[1024];
static int64_t a_crowd_day[1024];
static int64_t a_backlog_step[256];
static int64_t a_backlog_group[256];
static int64_t a_backlog_count[256];
static int64_t a_replication_key[64];
static int64_t a_res_desks[32];
static int64_t a_res_busy[32];
static int64_t a_res_queued[32];
static int64_t a_res_at[32];
static double a_res_overtime[32];
static double a_res_over_since[32];
static int64_t a_line_head[320];
static int64_t a_line_tail[320];
static int64_t a_clock_at[34];
static int64_t a_held_count[64];
static int64_t a_release_at[64];
static int64_t a_stream_at[16];
static int64_t a_stream_number[16];
static double a_stream_time[16];
static int64_t a_token_state[8192];
static int64_t a_token_citizen[8192];
static int64_t a_token_step[8192];
static int64_t a_token_visit[8192];
static int64_t a_token_stamp[8192];
static int64_t a_token_next[8192];
static int64_t a_token_before[8192];
static int64_t a_token_parent[8192];
static int64_t a_token_branches[8192];
static int64_t a_token_joined[8192];
static int64_t a_token_sister[8192];
static int64_t a_token_inside[8192];
static double a_token_clock[8192];
static double a_token_patience[8192];
static int64_t a_pending_token[1024];
static int64_t a_pending_step[1024];
static int64_t a_citizen_group[4096];
static int64_t a_citizen_number[4096];
static int64_t a_citizen_key[4096];
static int64_t a_citizen_row[4096];
static int64_t a_citizen_token[4096];
static double a_citizen_entered[4096];
static double a_citizen_wait[4096];
static double a_citizen_work[4096];
static double a_citizen_service[4096];
static double a_citizen_travel[4096];
static double a_citizen_money[4096];
static double a_citizen_state_cost[4096];
static int64_t a_citizen_trips[4096];
static int64_t a_citizen_attempts[4096];
static int64_t a_citizen_taken[8192];
static double a_event_key[16384];
static int64_t a_event_word[16384];
static int64_t a_tie_word[16384];
static int64_t a_visits[65536];
static double a_one[12];
static int64_t a_now_counts[144];
static double a_now_sums[216];
static int64_t a_now_waits[18432];
static double a_now_busy[32];
static int64_t a_counts[144];
static double a_sums[216];
static double a_squares[216];
static int64_t a_grams[55296];
static int64_t a_dropped[4608];
static int64_t a_step_visits[1152];
static double a_step_wait[1152];
static double a_step_wait_square[1152];
static double a_step_service[1152];
static int64_t a_step_impatiences[1152];
static double a_busy[1536];
static double a_quantiles[162];
static double a_outcomes[23040];
static double a_loads[2048];
static double a_open_minutes[32];
static double f_log(double v_x);
static double f_exp(double v_x);
static double f_normal_quantile(double v_p);
static double f__tail(double v_q);
static double f__scaled(double v_y, int64_t v_k);
static int64_t f_mix(int64_t v_x);
static double f_unif(int64_t v_word);
static int64_t f_key_of(int64_t v_group, int64_t v_number);
static double f_draw_with(int64_t v_key, int64_t v_place, int64_t v_visit, int64_t v_purpose);
static double f_vuon__journeys__kernel_draws__draw(int64_t v_citizen, int64_t v_step, int64_t v_visit, int64_t v_purpose);
static double f_minutes_of(int64_t v_dist, double v_u);
static void f_forget_clocks(int64_t v_count);
static double f_opened(int64_t v_clock, double v_now);
static double f_later(int64_t v_clock, double v_now, double v_minutes);
static double f_next_opening(int64_t v_clock, double v_now);
static double f_closing_in(int64_t v_clock, double v_now);
static void f_push(double v_time, int64_t v_kind, int64_t v_index, int64_t v_stamp);
static int64_t f_pop(void);
static int64_t f_is_stale(int64_t v_word);
static int64_t f_group_in(int64_t v_word);
static int64_t f_number_in(int64_t v_word);
static int64_t f_place_in(int64_t v_word);
static int64_t f_before(int64_t v_a, int64_t v_b);
static int64_t f_next_event(void);
static int64_t f_next_tie(void);
static int64_t f_queue_of(int64_t v_token, int64_t v_resource);
static int64_t f_batch_of(int64_t v_step);
static void f_forget_lines(int64_t v_count);
static void f_empty(int64_t v_line);
static void f_line_up(int64_t v_token, int64_t v_line);
static void f_step_out(int64_t v_token, int64_t v_line);
static int64_t f_bin_of(double v_value, double v_least, double v_log_least);
static void f_note_count(int64_t v_row, int64_t v_what);
static double f_cost_of(int64_t v_citizen);
static void f_record(int64_t v_citizen, int64_t v_outcome, double v_now);
static void f_record_drop(int64_t v_row, int64_t v_step, int64_t v_reason);
static void f_record_visit(int64_t v_row, int64_t v_step);
static void f_record_wait(int64_t v_row, int64_t v_step, double v_wait);
static void f_record_service(int64_t v_row, int64_t v_step, double v_minutes);
static void f_record_impatience(int64_t v_row, int64_t v_step);
static void f_record_busy(int64_t v_resource, double v_start, double v_end, double v_horizon);
static void f_forget_tokens(void);
static int64_t f_new_token(int64_t v_citizen, int64_t v_parent);
static void f_free_token(int64_t v_token);
static void f_forget_sister(int64_t v_token);
static int64_t f_new_citizen(int64_t v_group, int64_t v_number, int64_t v_row, double v_now);
static void f_free_citizen(int64_t v_citizen);
static int64_t f_next_visit(int64_t v_citizen, int64_t v_step);
static int64_t f_times_taken(int64_t v_citizen, int64_t v_counter);
static void f_take_once_more(int64_t v_citizen, int64_t v_counter);
static void f_make_trip(int64_t v_citizen, double v_minutes);
static double f_waited(int64_t v_resource, double v_now);
static void f_link(int64_t v_token, int64_t v_resource);
static void f_unlink(int64_t v_token, int64_t v_resource);
static void f_note_wait(int64_t v_token, int64_t v_resource, double v_now);
static void f_start_service(int64_t v_token, int64_t v_resource, double v_now);
static void f_serve(int64_t v_resource, double v_now);
static int64_t f_tickets_stopped(int64_t v_resource, double v_now);
static void f_come_back(int64_t v_token, int64_t v_resource, int64_t v_trip, double v_now);
static void f_queue_up(int64_t v_token, int64_t v_resource, double v_now);
static void f_expect_impatience(int64_t v_token, int64_t v_resource, double v_now, double v_minutes);
static void f_draw_patience(int64_t v_token);
static void f_start_overtime(int64_t v_resource, double v_now);
static void f_end_overtime(int64_t v_resource, double v_now);
static void f_end_all_overtime(double v_now);
static void f_send_home(int64_t v_resource, double v_now);
static void f_change_desks(int64_t v_resource, double v_now);
static void f_later_on(int64_t v_token, int64_t v_step);
static void f_take_out(int64_t v_token);
static void f_branch_done(int64_t v_branch, double v_now);
static void f_end_token(int64_t v_token, double v_now);
static void f_drop(int64_t v_citizen, int64_t v_step, int64_t v_reason, double v_now);
static void f_end_citizen(int64_t v_citizen, int64_t v_outcome, double v_now);
static void f_leave(int64_t v_token, double v_now);
static double f_weight(int64_t v_citizen, int64_t v_way);
static int64_t f_choose(int64_t v_citizen, int64_t v_at, double v_u, double v_gives_up);
static void f_take(int64_t v_token, int64_t v_way, double v_now);
static void f_go(int64_t v_token, int64_t v_way, int64_t v_step, int64_t v_visit, double v_now);
static void f_fork(int64_t v_token, int64_t v_first, int64_t v_count, double v_now);
static void f_settle(double v_now);
static void f_stay(int64_t v_token, int64_t v_step, double v_now);
static void f_pass_time(int64_t v_token, double v_now);
static void f_hold(int64_t v_token, int64_t v_step, double v_now);
static void f_join(int64_t v_token, double v_now);
static void f_enter(int64_t v_group, int64_t v_number, int64_t v_step, double v_now);
static void f_next_arrival(int64_t v_group);
static int64_t f_group_at(double v_u);
static void f_crowd(int64_t v_entry, double v_now);
static void f_appointment(int64_t v_entry, double v_now);
static void f_backlog(void);
static void f_start_streams(void);
static double f_quantile_of(int64_t v_row, int64_t v_count, double v_part);
static double f_gram_quantile(int64_t v_gram, int64_t v_row, double v_part, double v_least);
static void f_settle_run(int64_t v_groups);
static void f_forget_run(void);
static void f_forget_replication(void);
static double f_ratio(double v_part, double v_whole);
static void f_settle_row(int64_t v_replication, int64_t v_row);
static void f_gather_replication(int64_t v_groups);
static void f_gather_run(int64_t v_groups);
static void f_settle_replication(int64_t v_replication, int64_t v_groups, int64_t v_resources);
static int64_t f_run(int64_t v_budget);
static void f_handle(int64_t v_word, double v_now);
static void f_end_stay(int64_t v_token, double v_now);
static void f_lose_patience(int64_t v_token, double v_now);
static void f_release(int64_t v_step, int64_t v_full, double v_now);
static void f_start_replication(void);
static void f_end_replication(void);
static double f_log(double v_x) {
  int64_t v_word = 0;
  int64_t v_k = 0;
  int64_t v_part = 0;
  int64_t v_up = 0;
  double v_m = 0;
  double v_f = 0;
  double v_s = 0;
  double v_z = 0;
  double v_w = 0;
  double v_odd = 0;
  double v_even = 0;
  double v_r = 0;
  double v_h = 0;
  double v_scale = 0;
  v_word = (bits(v_x));
  v_k = 0LL;
  if ((((int64_t)((uint64_t)(v_word + (-4503599627370495LL - 1)) >> 52LL)) >= 2046LL)) {
    if ((!((v_x > (0x0.0p+0))))) {
      return ((v_x == (0x0.0p+0)) ? (-INFINITY) : (sqrt((-0x1.0000000000000p+0))));
    }
    if ((v_x == INFINITY)) {
      return v_x;
    }
    v_k = (-53LL - 1);
    v_word = (bits((v_x * (0x1.0000000000000p+54))));
  }
  v_k = (v_k + ((v_word >> 52LL) - 1023LL));
  v_part = (v_word & 4503599627370495LL);
  v_up = ((v_part + 2638157891764224LL) & 4503599627370496LL);
  v_m = (unbits((v_part | (v_up ^ 4607182418800017408LL))));
  v_k = (v_k + (v_up >> 52LL));
  v_f = (v_m - (0x1.0000000000000p+0));
  v_s = (v_f / ((0x1.0000000000000p+1) + v_f));
  v_z = (v_s * v_s);
  v_w = (v_z * v_z);
  v_odd = (v_w * ((0x1.999999997fa04p-2) + (v_w * ((0x1.c71c51d8e78afp-3) + (v_w * (0x1.39a09d078c69fp-3))))));
  v_even = (v_z * ((0x1.5555555555593p-1) + (v_w * ((0x1.2492494229359p-2) + (v_w * ((0x1.7466496cb03dep-3) + (v_w * (0x1.2f112df3e5244p-3))))))));
  v_r = (v_odd + v_even);
  v_h = (((0x1.0000000000000p-1) * v_f) * v_f);
  v_scale = ((double)(v_k));
  return ((v_scale * (0x1.62e42fee00000p-1)) - ((v_h - ((v_s * (v_h + v_r)) + (v_scale * (0x1.a39ef35793c76p-33)))) - v_f));
}
static double f_exp(double v_x) {
  int64_t v_k = 0;
  double v_scale = 0;
  double v_high = 0;
  double v_low = 0;
  double v_r = 0;
  double v_t = 0;
  double v_c = 0;
  double v_y = 0;
  if ((!(((fabs(v_x)) < (0x1.6200000000000p+9))))) {
    if ((v_x != v_x)) {
      return v_x;
    }
    if ((v_x > (0x1.62e42fefa39efp+9))) {
      return INFINITY;
    }
    if ((v_x < (-0x1.74910d52d3051p+9))) {
      return (0x0.0p+0);
    }
  }
  v_k = (whole((floor(((v_x * (0x1.71547652b82fep+0)) + (0x1.0000000000000p-1))))));
  v_scale = ((double)(v_k));
  v_high = (v_x - (v_scale * (0x1.62e42fee00000p-1)));
  v_low = (v_scale * (0x1.a39ef35793c76p-33));
  v_r = (v_high - v_low);
  v_t = (v_r * v_r);
  v_c = (v_r - (v_t * ((0x1.555555555553ep-3) + (v_t * ((-0x1.6c16c16bebd93p-9) + (v_t * ((0x1.1566aaf25de2cp-14) + (v_t * ((-0x1.bbd41c5d26bf1p-20) + (v_t * (0x1.6376972bea4d0p-25)))))))))));
  v_y = ((0x1.0000000000000p+0) - ((v_low - ((v_r * v_c) / ((0x1.0000000000000p+1) - v_c))) - v_high));
  return f__scaled(v_y, v_k);
}
static double f_normal_quantile(double v_p) {
  double v_q = 0;
  double v_r = 0;
  double v_top = 0;
  double v_low = 0;
  if ((v_p < (0x1.8d4fdf3b645a2p-6))) {
    if ((!((v_p > (0x0.0p+0))))) {
      return ((v_p == (0x0.0p+0)) ? (-INFINITY) : (sqrt((-0x1.0000000000000p+0))));
    }
    v_q = (sqrt(({ double t0 = (-0x1.0000000000000p+1); double t1 = f_log(v_p); (t0 * t1); })));
    return f__tail(v_q);
  }
  if ((v_p > (0x1.f395810624dd3p-1))) {
    if ((!((v_p < (0x1.0000000000000p+0))))) {
      return ((v_p == (0x1.0000000000000p+0)) ? INFINITY : (sqrt((-0x1.0000000000000p+0))));
    }
    v_q = (sqrt(({ double t0 = (-0x1.0000000000000p+1); double t1 = f_log(((0x1.0000000000000p+0) - v_p)); (t0 * t1); })));
    return (-(f__tail(v_q)));
  }
  v_q = (v_p - (0x1.0000000000000p-1));
  v_r = (v_q * v_q);
  v_top = (((((((((((-0x1.3d931bc1e0525p+5) * v_r) + (0x1.b9e467034039bp+7)) * v_r) - (0x1.13edb2dc53b99p+8)) * v_r) + (0x1.14b72b40b401bp+7)) * v_r) - (0x1.eaa3034c08bcdp+4)) * v_r) + (0x1.40d9320575479p+1));
  v_low = (((((((((((-0x1.b3cf0ce3004c4p+5) * v_r) + (0x1.432bf2cf04277p+7)) * v_r) - (0x1.3765e0b02d8d2p+7)) * v_r) + (0x1.0b348b1a7e9bep+6)) * v_r) - (0x1.a8fb57e147826p+3)) * v_r) + (0x1.0000000000000p+0));
  return ((v_top * v_q) / v_low);
}
static double f__tail(double v_q) {
  double v_top = 0;
  double v_low = 0;
  v_top = (((((((((((-0x1.fe30d924acfe0p-8) * v_q) - (0x1.4a224c0e881b8p-2)) * v_q) - (0x1.334c0c1701758p+1)) * v_q) - (0x1.465da2c703a1ap+1)) * v_q) + (0x1.17fa7f4ea4dc7p+2)) * v_q) + (0x1.7815c1e3fcfa2p+1));
  v_low = (((((((((0x1.fe2d857ac9fd4p-8) * v_q) + (0x1.4a34d2b590364p-2)) * v_q) + (0x1.38fa27c8ae616p+1)) * v_q) + (0x1.e09076895b119p+1)) * v_q) + (0x1.0000000000000p+0));
  return (v_top / v_low);
}
static double f__scaled(double v_y, int64_t v_k) {
  if ((v_k < (-1020LL - 1))) {
    return ((unbits(((bits(v_y)) + ((v_k + 1000LL) << 52LL)))) * (0x1.0000000000000p-1000));
  }
  if ((v_k > 1023LL)) {
    return ((unbits(((bits(v_y)) + ((v_k - 1LL) << 52LL)))) * (0x1.0000000000000p+1));
  }
  return (unbits(((bits(v_y)) + (v_k << 52LL))));
}
static int64_t f_mix(int64_t v_x) {
  v_x = ((v_x ^ ((int64_t)((uint64_t)v_x >> 30LL))) * (-4658895280553007686LL - 1));
  v_x = ((v_x ^ ((int64_t)((uint64_t)v_x >> 27LL))) * (-7723592293110705684LL - 1));
  return (v_x ^ ((int64_t)((uint64_t)v_x >> 31LL)));
}
static double f_unif(int64_t v_word) {
  return ((((double)(((int64_t)((uint64_t)v_word >> 12LL)))) + (0x1.0000000000000p-1)) * (0x1.0000000000000p-52));
}
static int64_t f_key_of(int64_t v_group, int64_t v_number) {
  int64_t v_base = 0;
  v_base = a_replication_key[a_header[17LL]];
  if ((v_group >= 0LL)) {
    v_base = (v_base + a_group_hash[v_group]);
  }
  return f_mix(({ int64_t t0 = f_mix(v_base); int64_t t1 = ((-7046029254386353130LL - 1) * (v_number + 1LL)); (t0 + t1); }));
}
static double f_draw_with(int64_t v_key, int64_t v_place, int64_t v_visit, int64_t v_purpose) {
  int64_t v_salt = 0;
  v_salt = ((-7046029254386353130LL - 1) * ((8LL * v_visit) + v_purpose));
  return f_unif(f_mix(f_mix(((v_key + v_place) + v_salt))));
}
static double f_vuon__journeys__kernel_draws__draw(int64_t v_citizen, int64_t v_step, int64_t v_visit, int64_t v_purpose) {
  return f_draw_with(a_citizen_key[v_citizen], a_step_hash[v_step], v_visit, v_purpose);
}
static double f_minutes_of(int64_t v_dist, double v_u) {
  int64_t v_family = 0;
  double v_a = 0;
  double v_b = 0;
  double v_place = 0;
  int64_t v_first = 0;
  int64_t v_at = 0;
  double v_low = 0;
  v_family = a_dist_family[v_dist];
  v_a = a_dist_a[v_dist];
  if ((v_family == 0LL)) {
    return v_a;
  }
  v_b = a_dist_b[v_dist];
  if ((v_family == 1LL)) {
    return ({ double t0 = (0x0.0p+0); double t1 = ({ double t0 = v_a; double t1 = f_log(((0x1.0000000000000p+0) - v_u)); (t0 * t1); }); (t0 - t1); });
  }
  if ((v_family == 3LL)) {
    return f_exp(({ double t0 = v_a; double t1 = ({ double t0 = v_b; double t1 = f_normal_quantile(v_u); (t0 * t1); }); (t0 + t1); }));
  }
  if ((v_family == 2LL)) {
    return (v_a + ((v_b - v_a) * v_u));
  }
  if ((v_family == 4LL)) {
    return ({ double t0 = v_a; double t1 = f_exp(({ double t0 = v_b; double t1 = f_log(({ double t0 = (0x0.0p+0); double t1 = f_log(((0x1.0000000000000p+0) - v_u)); (t0 - t1); })); (t0 * t1); })); (t0 * t1); });
  }
  v_place = ({ double t0 = ({ double t0 = f_normal_quantile(v_u); double t1 = (0x1.0000000000000p+2); (t0 + t1); }); double t1 = (0x1.0000000000000p+3); (t0 * t1); });
  v_first = (a_dist_table[v_dist] * 65LL);
  if ((v_place <= (0x0.0p+0))) {
    return a_tables[v_first];
  }
  if ((v_place >= (0x1.0000000000000p+6))) {
    return a_tables[((v_first + 65LL) - 1LL)];
  }
  v_at = (whole((floor(v_place))));
  v_low = a_tables[(v_first + v_at)];
  return (v_low + ((v_place - ((double)(v_at))) * (a_tables[((v_first + v_at) + 1LL)] - v_low)));
}
static void f_forget_clocks(int64_t v_count) {
  int64_t v_n__1 = 0;
  int64_t v_n = 0;
  v_n__1 = v_count;
  v_n = 0LL;
  for (; (v_n < v_n__1); v_n = (v_n + 1LL)) {
    a_clock_at[v_n] = 0LL;
  }
}
static double f_opened(int64_t v_clock, double v_now) {
  int64_t v_first = 0;
  int64_t v_last = 0;
  int64_t v_at = 0;
  double v_start = 0;
  double v_end = 0;
  v_first = a_clock_first[v_clock];
  v_last = (a_clock_count[v_clock] - 1LL);
  if ((v_last < 0LL)) {
    return (0x0.0p+0);
  }
  v_at = a_clock_at[v_clock];
  for (; (v_at < v_last); ) {
    if ((a_clock_start[((v_first + v_at) + 1LL)] > v_now)) {
      break;
    }
    v_at = (v_at + 1LL);
  }
  a_clock_at[v_clock] = v_at;
  v_start = a_clock_start[(v_first + v_at)];
  if ((v_now <= v_start)) {
    return a_clock_before[(v_first + v_at)];
  }
  v_end = a_clock_end[(v_first + v_at)];
  if ((v_now >= v_end)) {
    return (a_clock_before[(v_first + v_at)] + (v_end - v_start));
  }
  return (a_clock_before[(v_first + v_at)] + (v_now - v_start));
}
static double f_later(int64_t v_clock, double v_now, double v_minutes) {
  int64_t v_first = 0;
  int64_t v_last = 0;
  double v_sought = 0;
  int64_t v_low = 0;
  int64_t v_high = 0;
  int64_t v_width = 0;
  double v_ends = 0;
  int64_t v_middle = 0;
  double v_found = 0;
  if ((v_minutes <= (0x0.0p+0))) {
    return v_now;
  }
  v_first = a_clock_first[v_clock];
  v_last = (a_clock_count[v_clock] - 1LL);
  if ((v_last < 0LL)) {
    return (0x1.bc16d674ec800p+59);
  }
  v_sought = ({ double t0 = f_opened(v_clock, v_now); double t1 = v_minutes; (t0 + t1); });
  v_low = a_clock_at[v_clock];
  v_high = v_low;
  v_width = 1LL;
  for (; (v_high < v_last); ) {
    v_ends = (a_clock_before[(v_first + v_high)] + (a_clock_end[(v_first + v_high)] - a_clock_start[(v_first + v_high)]));
    if ((v_ends >= v_sought)) {
      break;
    }
    v_low = (v_high + 1LL);
    v_high = (v_high + v_width);
    v_width = (v_width * 2LL);
    if ((v_high > v_last)) {
      v_high = v_last;
    }
  }
  for (; (v_low < v_high); ) {
    v_middle = ((v_low + v_high) / 2LL);
    if ((a_clock_before[((v_first + v_middle) + 1LL)] < v_sought)) {
      v_low = (v_middle + 1LL);
    } else {
      v_high = v_middle;
    }
  }
  v_found = (a_clock_start[(v_first + v_low)] + (v_sought - a_clock_before[(v_first + v_low)]));
  if ((v_found > a_clock_end[(v_first + v_low)])) {
    if ((v_found > (a_clock_end[(v_first + v_low)] + (0x1.0c6f7a0b5ed8dp-20)))) {
      return (0x1.bc16d674ec800p+59);
    }
    v_found = a_clock_end[(v_first + v_low)];
  }
  if ((v_found < v_now)) {
    return v_now;
  }
  return v_found;
}
static double f_next_opening(int64_t v_clock, double v_now) {
  int64_t v_first = 0;
  int64_t v_at = 0;
  f_opened(v_clock, v_now);
  v_first = a_clock_first[v_clock];
  v_at = a_clock_at[v_clock];
  if ((a_clock_count[v_clock] <= 0LL)) {
    return (0x1.bc16d674ec800p+59);
  }
  if ((v_now < a_clock_start[(v_first + v_at)])) {
    return a_clock_start[(v_first + v_at)];
  }
  if (((v_at + 1LL) >= a_clock_count[v_clock])) {
    return (0x1.bc16d674ec800p+59);
  }
  return a_clock_start[((v_first + v_at) + 1LL)];
}
static double f_closing_in(int64_t v_clock, double v_now) {
  int64_t v_at = 0;
  f_opened(v_clock, v_now);
  v_at = (a_clock_first[v_clock] + a_clock_at[v_clock]);
  if ((a_clock_count[v_clock] <= 0LL)) {
    return (-0x1.0000000000000p+0);
  }
  if ((v_now < a_clock_start[v_at])) {
    return (-0x1.0000000000000p+0);
  }
  return (a_clock_end[v_at] - v_now);
}
static void f_push(double v_time, int64_t v_kind, int64_t v_index, int64_t v_stamp) {
  int64_t size = a_header[20];
  int64_t at = size;
  if (v_time > a_scalars[2]) return;
  if (size >= 16384) {
    a_header[19] = -2;
    return;
  }
  while (at > 0) {
    int64_t parent = (at - 1) / 4;
    if (a_event_key[parent] <= v_time) break;
    a_event_key[at] = a_event_key[parent];
    a_event_word[at] = a_event_word[parent];
    at = parent;
  }
  a_event_key[at] = v_time;
  a_event_word[at] = (v_kind << 59) | (v_index << 31) | (v_stamp & 2147483647LL);
  a_header[20] = size + 1;
}
static int64_t f_pop(void) {
  int64_t size = a_header[20] - 1;
  int64_t word = a_event_word[0];
  double key = a_event_key[size];
  int64_t at = 0;
  a_header[20] = size;
  a_scalars[8] = a_event_key[0];
  for (;;) {
    int64_t child = 4 * at + 1;
    int64_t stop = child + 4 < size ? child + 4 : size;
    int64_t least = child;
    if (child >= size) break;
    for (int64_t n = child + 1; n < stop; n++) {
      if (a_event_key[n] < a_event_key[least]) least = n;
    }
    if (a_event_key[least] >= key) break;
    a_event_key[at] = a_event_key[least];
    a_event_word[at] = a_event_word[least];
    at = least;
  }
  a_event_key[at] = key;
  a_event_word[at] = a_event_word[size];
  return word;
}
static int64_t f_is_stale(int64_t v_word) {
  int64_t v_kind = 0;
  int64_t v_token = 0;
  v_kind = (v_word >> 59LL);
  if ((((v_kind == 0LL) || (v_kind == 2LL)) || (v_kind == 4LL))) {
    v_token = ((v_word >> 31LL) & 268435455LL);
    if (((a_token_stamp[v_token] & 2147483647LL) != (v_word & 2147483647LL))) {
      return 1LL;
    }
  }
  return 0LL;
}
static int64_t f_group_in(int64_t v_word) {
  int64_t v_kind = 0;
  int64_t v_index = 0;
  int64_t v_citizen = 0;
  v_kind = (v_word >> 59LL);
  v_index = ((v_word >> 31LL) & 268435455LL);
  if ((v_kind == 7LL)) {
    return v_index;
  }
  if ((((v_kind == 0LL) || (v_kind == 2LL)) || (v_kind == 4LL))) {
    v_citizen = a_token_citizen[v_index];
    if ((v_citizen >= 0LL)) {
      return a_citizen_group[v_citizen];
    }
  }
  return (-0LL - 1);
}
static int64_t f_number_in(int64_t v_word) {
  int64_t v_kind = 0;
  int64_t v_index = 0;
  int64_t v_citizen = 0;
  v_kind = (v_word >> 59LL);
  v_index = ((v_word >> 31LL) & 268435455LL);
  if ((v_kind == 7LL)) {
    return a_stream_number[v_index];
  }
  if ((v_kind == 6LL)) {
    return a_slot_number[v_index];
  }
  if ((v_kind == 1LL)) {
    return a_resource_hash[v_index];
  }
  if ((v_kind == 3LL)) {
    return a_step_hash[v_index];
  }
  if ((((v_kind == 0LL) || (v_kind == 2LL)) || (v_kind == 4LL))) {
    v_citizen = a_token_citizen[v_index];
    if ((v_citizen >= 0LL)) {
      return a_citizen_number[v_citizen];
    }
    return (-0LL - 1);
  }
  return v_index;
}
static int64_t f_place_in(int64_t v_word) {
  int64_t v_kind = 0;
  v_kind = (v_word >> 59LL);
  if ((((v_kind == 0LL) || (v_kind == 2LL)) || (v_kind == 4LL))) {
    return a_step_hash[a_token_step[((v_word >> 31LL) & 268435455LL)]];
  }
  return 0LL;
}
static int64_t f_before(int64_t v_a, int64_t v_b) {
  int64_t v_x = 0;
  int64_t v_y = 0;
  v_x = (v_a >> 59LL);
  v_y = (v_b >> 59LL);
  if ((v_x == v_y)) {
    v_x = f_group_in(v_a);
    v_y = f_group_in(v_b);
    if ((v_x == v_y)) {
      v_x = f_number_in(v_a);
      v_y = f_number_in(v_b);
      if ((v_x == v_y)) {
        v_x = f_place_in(v_a);
        v_y = f_place_in(v_b);
      }
    }
  }
  if ((v_x < v_y)) {
    return 1LL;
  }
  return 0LL;
}
static int64_t f_next_event(void) {
  int64_t v_word = 0;
  for (; 1LL; ) {
    if ((a_header[21LL] == 0LL)) {
      if ((a_header[20LL] == 0LL)) {
        return (-0LL - 1);
      }
      v_word = f_pop();
      if (({ int64_t t0 = f_is_stale(v_word); int64_t t1 = 0LL; (t0 == t1); })) {
        if ((a_header[20LL] == 0LL)) {
          return v_word;
        }
        if ((a_event_key[0LL] != a_scalars[8LL])) {
          return v_word;
        }
        a_tie_word[0LL] = v_word;
        a_header[21LL] = 1LL;
        a_scalars[9LL] = a_scalars[8LL];
      }
    }
    if ((a_header[21LL] > 0LL)) {
      v_word = f_next_tie();
      if ((v_word >= 0LL)) {
        return v_word;
      }
    }
  }
}
static int64_t f_next_tie(void) {
  int64_t v_count = 0;
  int64_t v_key = 0;
  int64_t v_value__1 = 0;
  int64_t v_kept = 0;
  int64_t v_best = 0;
  int64_t v_n__2 = 0;
  int64_t v_n = 0;
  int64_t v_word = 0;
  int64_t v_found = 0;
  v_count = a_header[21LL];
  v_key = (bits(a_scalars[9LL]));
  for (; (a_header[20LL] > 0LL); ) {
    if ((a_event_key[0LL] != unbits(v_key))) {
      break;
    }
    v_value__1 = f_pop();
    a_tie_word[v_count] = v_value__1;
    v_count = (v_count + 1LL);
  }
  v_kept = 0LL;
  v_best = (-0LL - 1);
  v_n__2 = v_count;
  v_n = 0LL;
  for (; (v_n < v_n__2); v_n = (v_n + 1LL)) {
    v_word = a_tie_word[v_n];
    if (({ int64_t t0 = f_is_stale(v_word); int64_t t1 = 0LL; (t0 == t1); })) {
      a_tie_word[v_kept] = v_word;
      if ((v_best < 0LL)) {
        v_best = v_kept;
      } else {
        if (({ int64_t t0 = f_before(v_word, a_tie_word[v_best]); int64_t t1 = 1LL; (t0 == t1); })) {
          v_best = v_kept;
        }
      }
      v_kept = (v_kept + 1LL);
    }
  }
  a_scalars[8LL] = a_scalars[9LL];
  a_header[21LL] = v_kept;
  if ((v_best < 0LL)) {
    return (-0LL - 1);
  }
  v_found = a_tie_word[v_best];
  a_header[21LL] = (v_kept - 1LL);
  a_tie_word[v_best] = a_tie_word[(v_kept - 1LL)];
  return v_found;
}
static int64_t f_queue_of(int64_t v_token, int64_t v_resource) {
  return ((v_resource * 8LL) + a_group_priority[a_citizen_group[a_token_citizen[v_token]]]);
}
static int64_t f_batch_of(int64_t v_step) {
  return (256LL + v_step);
}
static void f_forget_lines(int64_t v_count) {
  int64_t v_line__1 = 0;
  int64_t v_line = 0;
  v_line__1 = (v_count * 8LL);
  v_line = 0LL;
  for (; (v_line < v_line__1); v_line = (v_line + 1LL)) {
    f_empty(v_line);
  }
}
static void f_empty(int64_t v_line) {
  a_line_head[v_line] = (-0LL - 1);
  a_line_tail[v_line] = (-0LL - 1);
}
static void f_line_up(int64_t v_token, int64_t v_line) {
  int64_t v_last = 0;
  v_last = a_line_tail[v_line];
  a_token_before[v_token] = v_last;
  a_token_next[v_token] = (-0LL - 1);
  if ((v_last >= 0LL)) {
    a_token_next[v_last] = v_token;
  } else {
    a_line_head[v_line] = v_token;
  }
  a_line_tail[v_line] = v_token;
}
static void f_step_out(int64_t v_token, int64_t v_line) {
  int64_t v_ahead = 0;
  int64_t v_behind = 0;
  v_ahead = a_token_before[v_token];
  v_behind = a_token_next[v_token];
  if ((v_ahead >= 0LL)) {
    a_token_next[v_ahead] = v_behind;
  } else {
    a_line_head[v_line] = v_behind;
  }
  if ((v_behind >= 0LL)) {
    a_token_before[v_behind] = v_ahead;
  } else {
    a_line_tail[v_line] = v_ahead;
  }
  a_token_stamp[v_token] = (a_token_stamp[v_token] + 1LL);
}
static int64_t f_bin_of(double v_value, double v_least, double v_log_least) {
  int64_t v_found = 0;
  if ((v_value <= v_least)) {
    return 0LL;
  }
  v_found = ({ int64_t t0 = 1LL; int64_t t1 = (whole((floor(({ double t0 = ({ double t0 = f_log(v_value); double t1 = v_log_least; (t0 - t1); }); double t1 = (0x1.9000000000000p+5); (t0 * t1); }))))); (t0 + t1); });
  if ((v_found >= 1024LL)) {
    return (1024LL - 1LL);
  }
  return v_found;
}
static void f_note_count(int64_t v_row, int64_t v_what) {
  if ((v_row >= 0LL)) {
    a_now_counts[((v_row * 8LL) + v_what)] = (a_now_counts[((v_row * 8LL) + v_what)] + 1LL);
  }
}
static double f_cost_of(int64_t v_citizen) {
  double v_minutes = 0;
  v_minutes = (a_citizen_wait[v_citizen] + a_citizen_work[v_citizen]);
  v_minutes = ((v_minutes + a_citizen_service[v_citizen]) + a_citizen_travel[v_citizen]);
  return ((v_minutes * a_group_minute_value[a_citizen_group[v_citizen]]) + a_citizen_money[v_citizen]);
}
static void f_record(int64_t v_citizen, int64_t v_outcome, double v_now) {
  int64_t v_row = 0;
  double v_wait = 0;
  double v_cost = 0;
  double v_tolerance = 0;
  double v_spent = 0;
  int64_t v_at = 0;
  int64_t v_n__1 = 0;
  int64_t v_n = 0;
  v_row = a_citizen_row[v_citizen];
  if ((v_row < 0LL)) {
    return;
  }
  v_wait = a_citizen_wait[v_citizen];
  v_cost = f_cost_of(v_citizen);
  a_now_counts[((v_row * 8LL) + v_outcome)] = (a_now_counts[((v_row * 8LL) + v_outcome)] + 1LL);
  a_one[0LL] = (0x0.0p+0);
  a_one[1LL] = v_wait;
  a_one[2LL] = a_citizen_work[v_citizen];
  a_one[3LL] = a_citizen_service[v_citizen];
  a_one[4LL] = a_citizen_travel[v_citizen];
  a_one[5LL] = a_citizen_money[v_citizen];
  a_one[6LL] = ((double)(a_citizen_trips[v_citizen]));
  a_one[7LL] = ((double)(a_citizen_attempts[v_citizen]));
  a_one[8LL] = v_cost;
  a_one[9LL] = (0x0.0p+0);
  a_one[10LL] = a_citizen_state_cost[v_citizen];
  v_tolerance = a_group_tolerance[a_citizen_group[v_citizen]];
  if ((v_tolerance > (0x0.0p+0))) {
    if ((v_wait > v_tolerance)) {
      a_now_counts[((v_row * 8LL) + 4LL)] = (a_now_counts[((v_row * 8LL) + 4LL)] + 1LL);
    }
  }
  a_now_waits[({ int64_t t0 = (v_row * 1024LL); int64_t t1 = f_bin_of(v_wait, (0x1.999999999999ap-5), (-0x1.7f7427b73e391p+1)); (t0 + t1); })] = ({ int64_t t0 = a_now_waits[({ int64_t t0 = (v_row * 1024LL); int64_t t1 = f_bin_of(v_wait, (0x1.999999999999ap-5), (-0x1.7f7427b73e391p+1)); (t0 + t1); })]; int64_t t1 = 1LL; (t0 + t1); });
  a_grams[({ int64_t t0 = (((2LL * 18LL) + v_row) * 1024LL); int64_t t1 = f_bin_of(v_cost, (0x1.0000000000000p+0), (0x0.0p+0)); (t0 + t1); })] = ({ int64_t t0 = a_grams[({ int64_t t0 = (((2LL * 18LL) + v_row) * 1024LL); int64_t t1 = f_bin_of(v_cost, (0x1.0000000000000p+0), (0x0.0p+0)); (t0 + t1); })]; int64_t t1 = 1LL; (t0 + t1); });
  if ((v_outcome == 1LL)) {
    v_spent = (v_now - a_citizen_entered[v_citizen]);
    a_one[0LL] = v_spent;
    a_grams[({ int64_t t0 = (((1LL * 18LL) + v_row) * 1024LL); int64_t t1 = f_bin_of(v_spent, (0x1.999999999999ap-5), (-0x1.7f7427b73e391p+1)); (t0 + t1); })] = ({ int64_t t0 = a_grams[({ int64_t t0 = (((1LL * 18LL) + v_row) * 1024LL); int64_t t1 = f_bin_of(v_spent, (0x1.999999999999ap-5), (-0x1.7f7427b73e391p+1)); (t0 + t1); })]; int64_t t1 = 1LL; (t0 + t1); });
  }
  if ((v_outcome == 2LL)) {
    a_one[9LL] = v_cost;
  }
  v_at = (v_row * 12LL);
  v_n__1 = (10LL + 1LL);
  v_n = 0LL;
  for (; (v_n < v_n__1); v_n = (v_n + 1LL)) {
    a_now_sums[(v_at + v_n)] = (a_now_sums[(v_at + v_n)] + a_one[v_n]);
    a_squares[(v_at + v_n)] = (a_squares[(v_at + v_n)] + (a_one[v_n] * a_one[v_n]));
  }
}
static void f_record_drop(int64_t v_row, int64_t v_step, int64_t v_reason) {
  if ((v_row >= 0LL)) {
    a_dropped[((((v_row * 64LL) + v_step) * 4LL) + v_reason)] = (a_dropped[((((v_row * 64LL) + v_step) * 4LL) + v_reason)] + 1LL);
  }
}
static void f_record_visit(int64_t v_row, int64_t v_step) {
  if ((v_row >= 0LL)) {
    a_step_visits[((v_row * 64LL) + v_step)] = (a_step_visits[((v_row * 64LL) + v_step)] + 1LL);
  }
}
static void f_record_wait(int64_t v_row, int64_t v_step, double v_wait) {
  if ((v_row >= 0LL)) {
    a_step_wait[((v_row * 64LL) + v_step)] = (a_step_wait[((v_row * 64LL) + v_step)] + v_wait);
    a_step_wait_square[((v_row * 64LL) + v_step)] = (a_step_wait_square[((v_row * 64LL) + v_step)] + (v_wait * v_wait));
  }
}
static void f_record_service(int64_t v_row, int64_t v_step, double v_minutes) {
  if ((v_row >= 0LL)) {
    a_step_service[((v_row * 64LL) + v_step)] = (a_step_service[((v_row * 64LL) + v_step)] + v_minutes);
  }
}
static void f_record_impatience(int64_t v_row, int64_t v_step) {
  if ((v_row >= 0LL)) {
    a_step_impatiences[((v_row * 64LL) + v_step)] = (a_step_impatiences[((v_row * 64LL) + v_step)] + 1LL);
  }
}
static void f_record_busy(int64_t v_resource, double v_start, double v_end, double v_horizon) {
  double v_at = 0;
  double v_stop = 0;
  double v_half = 0;
  double v_edge = 0;
  int64_t v_place = 0;
  v_at = v_start;
  v_stop = ((v_end < v_horizon) ? v_end : v_horizon);
  for (; (v_at < v_stop); ) {
    v_half = (floor((v_at / (0x1.e000000000000p+4))));
    v_edge = ((v_half + (0x1.0000000000000p+0)) * (0x1.e000000000000p+4));
    if ((v_edge > v_stop)) {
      v_edge = v_stop;
    }
    v_place = ((whole(v_half)) % 48LL);
    a_busy[((v_resource * 48LL) + v_place)] = (a_busy[((v_resource * 48LL) + v_place)] + (v_edge - v_at));
    a_now_busy[v_resource] = (a_now_busy[v_resource] + (v_edge - v_at));
    v_at = v_edge;
  }
}
static void f_forget_tokens(void) {
  a_header[25LL] = (-0LL - 1);
  a_header[26LL] = 0LL;
  a_header[27LL] = (-0LL - 1);
  a_header[28LL] = 0LL;
  a_header[23LL] = 0LL;
}
static int64_t f_new_token(int64_t v_citizen, int64_t v_parent) {
  int64_t v_token = 0;
  v_token = a_header[25LL];
  if ((v_token >= 0LL)) {
    a_header[25LL] = a_token_next[v_token];
  } else {
    v_token = a_header[26LL];
    if ((v_token >= 8192LL)) {
      a_header[19LL] = (-0LL - 1);
      return (-0LL - 1);
    }
    a_header[26LL] = (v_token + 1LL);
    a_token_stamp[v_token] = 0LL;
  }
  a_token_state[v_token] = 8LL;
  a_token_citizen[v_token] = v_citizen;
  a_token_parent[v_token] = v_parent;
  a_token_branches[v_token] = 0LL;
  a_token_joined[v_token] = 0LL;
  a_token_step[v_token] = 0LL;
  a_token_inside[v_token] = 0LL;
  a_token_patience[v_token] = (-0x1.0000000000000p+0);
  a_token_sister[v_token] = a_citizen_token[v_citizen];
  a_citizen_token[v_citizen] = v_token;
  return v_token;
}
static void f_free_token(int64_t v_token) {
  a_token_state[v_token] = 0LL;
  a_token_stamp[v_token] = (a_token_stamp[v_token] + 1LL);
  a_token_citizen[v_token] = (-0LL - 1);
  a_token_next[v_token] = a_header[25LL];
  a_header[25LL] = v_token;
}
static void f_forget_sister(int64_t v_token) {
  int64_t v_citizen = 0;
  int64_t v_at = 0;
  v_citizen = a_token_citizen[v_token];
  v_at = a_citizen_token[v_citizen];
  if ((v_at == v_token)) {
    a_citizen_token[v_citizen] = a_token_sister[v_token];
    return;
  }
  for (; (a_token_sister[v_at] != v_token); ) {
    v_at = a_token_sister[v_at];
  }
  a_token_sister[v_at] = a_token_sister[v_token];
}
static int64_t f_new_citizen(int64_t v_group, int64_t v_number, int64_t v_row, double v_now) {
  int64_t v_citizen = 0;
  int64_t v_words = 0;
  int64_t v_n__1 = 0;
  int64_t v_n = 0;
  v_citizen = a_header[27LL];
  if ((v_citizen >= 0LL)) {
    a_header[27LL] = a_citizen_token[v_citizen];
  } else {
    v_citizen = a_header[28LL];
    if ((v_citizen >= 4096LL)) {
      a_header[19LL] = (-0LL - 1);
      return (-0LL - 1);
    }
    a_header[28LL] = (v_citizen + 1LL);
  }
  a_header[23LL] = (a_header[23LL] + 1LL);
  a_citizen_group[v_citizen] = v_group;
  a_citizen_number[v_citizen] = v_number;
  a_citizen_key[v_citizen] = f_key_of(v_group, v_number);
  a_citizen_row[v_citizen] = v_row;
  a_citizen_token[v_citizen] = (-0LL - 1);
  a_citizen_entered[v_citizen] = v_now;
  a_citizen_wait[v_citizen] = (0x0.0p+0);
  a_citizen_work[v_citizen] = (0x0.0p+0);
  a_citizen_service[v_citizen] = (0x0.0p+0);
  a_citizen_travel[v_citizen] = (0x0.0p+0);
  a_citizen_money[v_citizen] = (0x0.0p+0);
  a_citizen_state_cost[v_citizen] = (0x0.0p+0);
  a_citizen_trips[v_citizen] = 0LL;
  a_citizen_attempts[v_citizen] = 1LL;
  a_citizen_taken[(2LL * v_citizen)] = 0LL;
  a_citizen_taken[((2LL * v_citizen) + 1LL)] = 0LL;
  v_words = ((a_header[0LL] + 3LL) >> 2LL);
  v_n__1 = v_words;
  v_n = 0LL;
  for (; (v_n < v_n__1); v_n = (v_n + 1LL)) {
    a_visits[((v_citizen * 16LL) + v_n)] = 0LL;
  }
  return v_citizen;
}
static void f_free_citizen(int64_t v_citizen) {
  a_citizen_row[v_citizen] = (-0LL - 1);
  a_citizen_token[v_citizen] = a_header[27LL];
  a_header[27LL] = v_citizen;
  a_header[23LL] = (a_header[23LL] - 1LL);
}
static int64_t f_next_visit(int64_t v_citizen, int64_t v_step) {
  int64_t v_at = 0;
  int64_t v_shift = 0;
  int64_t v_word = 0;
  int64_t v_found = 0;
  v_at = ((v_citizen * 16LL) + (v_step >> 2LL));
  v_shift = (16LL * (v_step & 3LL));
  v_word = a_visits[v_at];
  v_found = ((v_word >> v_shift) & 32767LL);
  if ((v_found < 32767LL)) {
    a_visits[v_at] = (v_word + (1LL << v_shift));
  }
  return v_found;
}
static int64_t f_times_taken(int64_t v_citizen, int64_t v_counter) {
  return ((a_citizen_taken[((2LL * v_citizen) + (v_counter / 15LL))] >> (4LL * (v_counter % 15LL))) & 15LL);
}
static void f_take_once_more(int64_t v_citizen, int64_t v_counter) {
  if (({ int64_t t0 = f_times_taken(v_citizen, v_counter); int64_t t1 = 15LL; (t0 < t1); })) {
    a_citizen_taken[((2LL * v_citizen) + (v_counter / 15LL))] = (a_citizen_taken[((2LL * v_citizen) + (v_counter / 15LL))] + (1LL << (4LL * (v_counter % 15LL))));
  }
}
static void f_make_trip(int64_t v_citizen, double v_minutes) {
  int64_t v_group = 0;
  v_group = a_citizen_group[v_citizen];
  a_citizen_trips[v_citizen] = (a_citizen_trips[v_citizen] + 1LL);
  a_citizen_money[v_citizen] = (a_citizen_money[v_citizen] + a_group_travel_money[v_group]);
  if ((v_minutes < (0x0.0p+0))) {
    a_citizen_travel[v_citizen] = (a_citizen_travel[v_citizen] + a_group_travel_minutes[v_group]);
  } else {
    a_citizen_travel[v_citizen] = (a_citizen_travel[v_citizen] + v_minutes);
  }
}
static double f_waited(int64_t v_resource, double v_now) {
  double v_found = 0;
  v_found = ({ double t0 = f_opened(a_resource_clock[v_resource], v_now); double t1 = a_res_overtime[v_resource]; (t0 + t1); });
  if ((a_res_over_since[v_resource] >= (0x0.0p+0))) {
    v_found = (v_found + (v_now - a_res_over_since[v_resource]));
  }
  return v_found;
}
static void f_link(int64_t v_token, int64_t v_resource) {
  ({ int64_t t0 = v_token; int64_t t1 = f_queue_of(v_token, v_resource); f_line_up(t0, t1); });
  a_res_queued[v_resource] = (a_res_queued[v_resource] + 1LL);
  a_token_state[v_token] = 3LL;
}
static void f_unlink(int64_t v_token, int64_t v_resource) {
  ({ int64_t t0 = v_token; int64_t t1 = f_queue_of(v_token, v_resource); f_step_out(t0, t1); });
  a_res_queued[v_resource] = (a_res_queued[v_resource] - 1LL);
}
static void f_note_wait(int64_t v_token, int64_t v_resource, double v_now) {
  double v_wait = 0;
  int64_t v_citizen = 0;
  v_wait = ({ double t0 = f_waited(v_resource, v_now); double t1 = a_token_clock[v_token]; (t0 - t1); });
  if ((v_wait < (0x0.0p+0))) {
    v_wait = (0x0.0p+0);
  }
  v_citizen = a_token_citizen[v_token];
  a_citizen_wait[v_citizen] = (a_citizen_wait[v_citizen] + v_wait);
  f_record_wait(a_citizen_row[v_citizen], a_token_step[v_token], v_wait);
}
static void f_start_service(int64_t v_token, int64_t v_resource, double v_now) {
  int64_t v_citizen = 0;
  int64_t v_step = 0;
  int64_t v_dist = 0;
  double v_minutes = 0;
  v_citizen = a_token_citizen[v_token];
  v_step = a_token_step[v_token];
  v_dist = a_stay_service[((a_citizen_group[v_citizen] * 64LL) + v_step)];
  v_minutes = (0x0.0p+0);
  if ((v_dist >= 0LL)) {
    v_minutes = ({ int64_t t0 = v_dist; double t1 = f_vuon__journeys__kernel_draws__draw(v_citizen, v_step, a_token_visit[v_token], 0LL); f_minutes_of(t0, t1); });
  }
  a_res_busy[v_resource] = (a_res_busy[v_resource] + 1LL);
  a_token_state[v_token] = 4LL;
  a_citizen_service[v_citizen] = (a_citizen_service[v_citizen] + v_minutes);
  a_citizen_state_cost[v_citizen] = (a_citizen_state_cost[v_citizen] + (v_minutes * a_resource_cost[v_resource]));
  f_record_service(a_citizen_row[v_citizen], v_step, v_minutes);
  f_record_busy(v_resource, v_now, (v_now + v_minutes), a_scalars[1LL]);
  f_push((v_now + v_minutes), 0LL, v_token, a_token_stamp[v_token]);
}
static void f_serve(int64_t v_resource, double v_now) {
  int64_t v_line = 0;
  int64_t v_last = 0;
  int64_t v_token = 0;
  v_line = (v_resource * 8LL);
  v_last = (v_line + 8LL);
  for (; (a_res_queued[v_resource] > 0LL); ) {
    if ((a_res_busy[v_resource] >= a_res_desks[v_resource])) {
      return;
    }
    for (; (v_line < v_last); ) {
      if ((a_line_head[v_line] >= 0LL)) {
        break;
      }
      v_line = (v_line + 1LL);
    }
    v_token = a_line_head[v_line];
    f_note_wait(v_token, v_resource, v_now);
    f_unlink(v_token, v_resource);
    f_start_service(v_token, v_resource, v_now);
  }
}
static int64_t f_tickets_stopped(int64_t v_resource, double v_now) {
  double v_left = 0;
  if ((a_resource_closing[v_resource] != 1LL)) {
    return 0LL;
  }
  if ((a_res_over_since[v_resource] >= (0x0.0p+0))) {
    return 1LL;
  }
  v_left = f_closing_in(a_resource_clock[v_resource], v_now);
  if ((v_left > (0x0.0p+0))) {
    if ((v_left <= a_resource_stop[v_resource])) {
      return 1LL;
    }
  }
  return 0LL;
}
static void f_come_back(int64_t v_token, int64_t v_resource, int64_t v_trip, double v_now) {
  double v_again = 0;
  v_again = f_next_opening(a_resource_clock[v_resource], v_now);
  a_token_state[v_token] = 6LL;
  a_token_inside[v_token] = 0LL;
  a_token_stamp[v_token] = (a_token_stamp[v_token] + 1LL);
  if (((v_trip == 1LL) && (v_again < (0x1.bc16d674ec800p+59)))) {
    if (((floor((v_again / (0x1.6800000000000p+10)))) > (floor((v_now / (0x1.6800000000000p+10)))))) {
      f_make_trip(a_token_citizen[v_token], (-0x1.0000000000000p+0));
    }
  }
  f_push(v_again, 4LL, v_token, a_token_stamp[v_token]);
}
static void f_queue_up(int64_t v_token, int64_t v_resource, double v_now) {
  double v_value__1 = 0;
  if (({ int64_t t0 = f_tickets_stopped(v_resource, v_now); int64_t t1 = 1LL; (t0 == t1); })) {
    f_come_back(v_token, v_resource, 1LL, v_now);
    return;
  }
  if ((a_res_over_since[v_resource] >= (0x0.0p+0))) {
    if ((a_token_inside[v_token] == 0LL)) {
      f_come_back(v_token, v_resource, 0LL, v_now);
      return;
    }
  }
  a_token_inside[v_token] = 1LL;
  if ((a_res_queued[v_resource] == 0LL)) {
    if ((a_res_busy[v_resource] < a_res_desks[v_resource])) {
      f_record_wait(a_citizen_row[a_token_citizen[v_token]], a_token_step[v_token], (0x0.0p+0));
      f_start_service(v_token, v_resource, v_now);
      return;
    }
  }
  f_link(v_token, v_resource);
  v_value__1 = f_waited(v_resource, v_now);
  a_token_clock[v_token] = v_value__1;
  if ((a_token_patience[v_token] >= (0x0.0p+0))) {
    f_expect_impatience(v_token, v_resource, v_now, a_token_patience[v_token]);
  }
}
static void f_expect_impatience(int64_t v_token, int64_t v_resource, double v_now, double v_minutes) {
  double v_at = 0;
  v_at = (v_now + v_minutes);
  if ((a_res_over_since[v_resource] < (0x0.0p+0))) {
    v_at = f_later(a_resource_clock[v_resource], v_now, v_minutes);
  }
  f_push(v_at, 2LL, v_token, a_token_stamp[v_token]);
}
static void f_draw_patience(int64_t v_token) {
  int64_t v_citizen = 0;
  int64_t v_step = 0;
  int64_t v_dist = 0;
  double v_u = 0;
  v_citizen = a_token_citizen[v_token];
  v_step = a_token_step[v_token];
  v_dist = a_stay_patience[((a_citizen_group[v_citizen] * 64LL) + v_step)];
  a_token_patience[v_token] = (-0x1.0000000000000p+0);
  if ((v_dist >= 0LL)) {
    v_u = f_vuon__journeys__kernel_draws__draw(v_citizen, v_step, a_token_visit[v_token], 2LL);
    a_token_patience[v_token] = f_minutes_of(v_dist, v_u);
  }
}
static void f_start_overtime(int64_t v_resource, double v_now) {
  double v_clock = 0;
  int64_t v_line__1 = 0;
  int64_t v_line = 0;
  int64_t v_token = 0;
  double v_left = 0;
  a_res_over_since[v_resource] = v_now;
  a_header[24LL] = (a_header[24LL] + 1LL);
  v_clock = f_waited(v_resource, v_now);
  v_line__1 = ((v_resource * 8LL) + 8LL);
  v_line = (v_resource * 8LL);
  for (; (v_line < v_line__1); v_line = (v_line + 1LL)) {
    v_token = a_line_head[v_line];
    for (; (v_token >= 0LL); ) {
      if ((a_token_patience[v_token] >= (0x0.0p+0))) {
        v_left = (a_token_patience[v_token] - (v_clock - a_token_clock[v_token]));
        if ((v_left < (0x0.0p+0))) {
          v_left = (0x0.0p+0);
        }
        f_push((v_now + v_left), 2LL, v_token, a_token_stamp[v_token]);
      }
      v_token = a_token_next[v_token];
    }
  }
}
static void f_end_overtime(int64_t v_resource, double v_now) {
  a_res_overtime[v_resource] = (a_res_overtime[v_resource] + (v_now - a_res_over_since[v_resource]));
  a_res_over_since[v_resource] = (-0x1.0000000000000p+0);
  a_header[24LL] = (a_header[24LL] - 1LL);
}
static void f_end_all_overtime(double v_now) {
  int64_t v_left = 0;
  int64_t v_resource__1 = 0;
  int64_t v_resource = 0;
  int64_t v_resource__2 = 0;
  v_left = 0LL;
  v_resource__1 = a_header[1LL];
  v_resource = 0LL;
  for (; (v_resource < v_resource__1); v_resource = (v_resource + 1LL)) {
    if ((a_res_over_since[v_resource] >= (0x0.0p+0))) {
      v_left = (v_left + (a_res_queued[v_resource] + a_res_busy[v_resource]));
    }
  }
  if ((v_left > 0LL)) {
    return;
  }
  v_resource__2 = a_header[1LL];
  v_resource = 0LL;
  for (; (v_resource < v_resource__2); v_resource = (v_resource + 1LL)) {
    if ((a_res_over_since[v_resource] >= (0x0.0p+0))) {
      f_end_overtime(v_resource, v_now);
      a_res_desks[v_resource] = 0LL;
    }
  }
}
static void f_send_home(int64_t v_resource, double v_now) {
  int64_t v_line__1 = 0;
  int64_t v_line = 0;
  int64_t v_token = 0;
  int64_t v_behind = 0;
  double v_spent = 0;
  double v_left = 0;
  v_line__1 = ((v_resource * 8LL) + 8LL);
  v_line = (v_resource * 8LL);
  for (; (v_line < v_line__1); v_line = (v_line + 1LL)) {
    v_token = a_line_head[v_line];
    for (; (v_token >= 0LL); ) {
      v_behind = a_token_next[v_token];
      if ((a_resource_keep[v_resource] == 1LL)) {
        f_make_trip(a_token_citizen[v_token], (-0x1.0000000000000p+0));
      } else {
        v_spent = ({ double t0 = f_waited(v_resource, v_now); double t1 = a_token_clock[v_token]; (t0 - t1); });
        f_note_wait(v_token, v_resource, v_now);
        f_unlink(v_token, v_resource);
        if ((a_token_patience[v_token] >= (0x0.0p+0))) {
          v_left = (a_token_patience[v_token] - v_spent);
          a_token_patience[v_token] = ((v_left > (0x0.0p+0)) ? v_left : (0x0.0p+0));
        }
        f_come_back(v_token, v_resource, 1LL, v_now);
      }
      v_token = v_behind;
    }
  }
}
static void f_change_desks(int64_t v_resource, double v_now) {
  int64_t v_at = 0;
  int64_t v_count = 0;
  double v_again = 0;
  v_at = (a_desks_first[v_resource] + a_res_at[v_resource]);
  v_count = a_desks_value[v_at];
  a_res_at[v_resource] = (a_res_at[v_resource] + 1LL);
  if ((a_res_at[v_resource] < a_desks_count[v_resource])) {
    f_push(a_desks_time[(v_at + 1LL)], 1LL, v_resource, 0LL);
  }
  if ((v_count > 0LL)) {
    if ((a_res_over_since[v_resource] >= (0x0.0p+0))) {
      f_end_overtime(v_resource, v_now);
    }
    a_res_desks[v_resource] = v_count;
    f_serve(v_resource, v_now);
    return;
  }
  if ((a_res_desks[v_resource] == 0LL)) {
    return;
  }
  if ((a_res_over_since[v_resource] >= (0x0.0p+0))) {
    return;
  }
  if ((a_resource_closing[v_resource] != 2LL)) {
    f_start_overtime(v_resource, v_now);
    return;
  }
  a_res_desks[v_resource] = 0LL;
  v_again = f_next_opening(a_resource_clock[v_resource], v_now);
  if ((v_again >= (0x1.bc16d674ec800p+59))) {
    return;
  }
  if (((floor((v_again / (0x1.6800000000000p+10)))) > (floor(((v_now - (0x1.0000000000000p-1)) / (0x1.6800000000000p+10)))))) {
    f_send_home(v_resource, v_now);
  }
}
static void f_later_on(int64_t v_token, int64_t v_step) {
  int64_t v_size = 0;
  v_size = a_header[22LL];
  a_pending_token[v_size] = v_token;
  a_pending_step[v_size] = v_step;
  a_header[22LL] = (v_size + 1LL);
}
static void f_take_out(int64_t v_token) {
  int64_t v_step = 0;
  v_step = a_token_step[v_token];
  ({ int64_t t0 = v_token; int64_t t1 = f_batch_of(v_step); f_step_out(t0, t1); });
  a_held_count[v_step] = (a_held_count[v_step] - 1LL);
}
static void f_branch_done(int64_t v_branch, double v_now) {
  int64_t v_token = 0;
  int64_t v_parent = 0;
  v_token = v_branch;
  for (; 1LL; ) {
    v_parent = a_token_parent[v_token];
    f_forget_sister(v_token);
    f_free_token(v_token);
    a_token_branches[v_parent] = (a_token_branches[v_parent] - 1LL);
    if ((a_token_branches[v_parent] > 0LL)) {
      return;
    }
    if ((a_token_joined[v_parent] == 1LL)) {
      a_token_joined[v_parent] = 0LL;
      a_token_step[v_parent] = a_step_join[a_token_step[v_parent]];
      a_token_state[v_parent] = 8LL;
      f_later_on(v_parent, (-0LL - 1));
      return;
    }
    if ((a_token_parent[v_parent] < 0LL)) {
      f_end_citizen(a_token_citizen[v_parent], 1LL, v_now);
      return;
    }
    v_token = v_parent;
  }
}
static void f_end_token(int64_t v_token, double v_now) {
  if ((a_token_parent[v_token] >= 0LL)) {
    f_branch_done(v_token, v_now);
  } else {
    f_end_citizen(a_token_citizen[v_token], 1LL, v_now);
  }
}
static void f_drop(int64_t v_citizen, int64_t v_step, int64_t v_reason, double v_now) {
  f_record_drop(a_citizen_row[v_citizen], v_step, v_reason);
  f_end_citizen(v_citizen, 2LL, v_now);
}
static void f_end_citizen(int64_t v_citizen, int64_t v_outcome, double v_now) {
  int64_t v_token = 0;
  int64_t v_sister = 0;
  int64_t v_state = 0;
  f_record(v_citizen, v_outcome, v_now);
  v_token = a_citizen_token[v_citizen];
  for (; (v_token >= 0LL); ) {
    v_sister = a_token_sister[v_token];
    v_state = a_token_state[v_token];
    if ((v_state == 3LL)) {
      f_unlink(v_token, a_step_resource[a_token_step[v_token]]);
    }
    if ((v_state == 5LL)) {
      f_take_out(v_token);
    }
    if ((v_state == 4LL)) {
      a_token_citizen[v_token] = (-0LL - 1);
    } else {
      f_free_token(v_token);
    }
    v_token = v_sister;
  }
  f_free_citizen(v_citizen);
}
static void f_leave(int64_t v_token, double v_now) {
  int64_t v_citizen = 0;
  int64_t v_step = 0;
  int64_t v_at = 0;
  int64_t v_papers = 0;
  double v_missing = 0;
  int64_t v_count = 0;
  double v_gives_up = 0;
  double v_u = 0;
  int64_t v_way = 0;
  v_citizen = a_token_citizen[v_token];
  v_step = a_token_step[v_token];
  v_at = ((a_citizen_group[v_citizen] * 64LL) + v_step);
  v_papers = a_stay_papers[v_at];
  if ((v_papers >= 0LL)) {
    v_missing = ({ double t0 = a_stay_missing[v_at]; double t1 = f_weight(v_citizen, v_papers); (t0 * t1); });
    if (({ double t0 = f_vuon__journeys__kernel_draws__draw(v_citizen, v_step, a_token_visit[v_token], 3LL); double t1 = v_missing; (t0 < t1); })) {
      a_citizen_work[v_citizen] = (a_citizen_work[v_citizen] + a_stay_missing_minutes[v_at]);
      a_citizen_money[v_citizen] = (a_citizen_money[v_citizen] + a_stay_missing_money[v_at]);
      f_take(v_token, v_papers, v_now);
      return;
    }
  }
  v_count = a_stay_count[v_at];
  v_gives_up = a_stay_gives_up[v_at];
  if ((a_step_kind[v_step] == 7LL)) {
    if (({ double t0 = f_vuon__journeys__kernel_draws__draw(v_citizen, v_step, a_token_visit[v_token], 1LL); double t1 = v_gives_up; (t0 < t1); })) {
      f_drop(v_citizen, v_step, 0LL, v_now);
    } else {
      f_fork(v_token, a_stay_first[v_at], v_count, v_now);
    }
    return;
  }
  if ((v_count == 0LL)) {
    if ((v_gives_up <= (0x0.0p+0))) {
      f_end_token(v_token, v_now);
      return;
    }
  }
  v_u = f_vuon__journeys__kernel_draws__draw(v_citizen, v_step, a_token_visit[v_token], 1LL);
  if ((v_u < v_gives_up)) {
    f_drop(v_citizen, v_step, 0LL, v_now);
    return;
  }
  v_way = f_choose(v_citizen, v_at, v_u, v_gives_up);
  if ((v_way < 0LL)) {
    f_end_token(v_token, v_now);
    return;
  }
  f_take(v_token, v_way, v_now);
}
static double f_weight(int64_t v_citizen, int64_t v_way) {
  int64_t v_counter = 0;
  double v_found = 0;
  int64_t v__n__1 = 0;
  int64_t v__n = 0;
  v_counter = a_way_counter[v_way];
  v_found = (0x1.0000000000000p+0);
  if ((v_counter >= 0LL)) {
    v__n__1 = f_times_taken(v_citizen, v_counter);
    v__n = 0LL;
    for (; (v__n < v__n__1); v__n = (v__n + 1LL)) {
      v_found = (v_found * a_way_factor[v_way]);
    }
  }
  return v_found;
}
static int64_t f_choose(int64_t v_citizen, int64_t v_at, double v_u, double v_gives_up) {
  int64_t v_first = 0;
  int64_t v_last = 0;
  double v_scale = 0;
  double v_fixed = 0;
  double v_free = 0;
  double v_whole = 0;
  int64_t v_way__1 = 0;
  int64_t v_way = 0;
  double v_reached = 0;
  int64_t v_way__2 = 0;
  v_first = a_stay_first[v_at];
  v_last = (v_first + a_stay_count[v_at]);
  v_scale = (0x1.0000000000000p+0);
  if ((a_stay_scaled[v_at] == 1LL)) {
    v_fixed = (0x0.0p+0);
    v_free = (0x0.0p+0);
    v_whole = (0x0.0p+0);
    v_way__1 = v_last;
    v_way = v_first;
    for (; (v_way < v_way__1); v_way = (v_way + 1LL)) {
      v_whole = (v_whole + a_way_share[v_way]);
      if ((a_way_counter[v_way] >= 0LL)) {
        v_fixed = ({ double t0 = v_fixed; double t1 = ({ double t0 = a_way_share[v_way]; double t1 = f_weight(v_citizen, v_way); (t0 * t1); }); (t0 + t1); });
      } else {
        v_free = (v_free + a_way_share[v_way]);
      }
    }
    if ((v_free > (0x0.0p+0))) {
      if ((a_stay_done[v_at] == 0LL)) {
        v_scale = ((v_whole - v_fixed) / v_free);
        if ((v_scale < (0x0.0p+0))) {
          v_scale = (0x0.0p+0);
        }
      }
    }
  }
  v_reached = v_gives_up;
  v_way__2 = v_last;
  v_way = v_first;
  for (; (v_way < v_way__2); v_way = (v_way + 1LL)) {
    if ((a_way_counter[v_way] >= 0LL)) {
      v_reached = ({ double t0 = v_reached; double t1 = ({ double t0 = a_way_share[v_way]; double t1 = f_weight(v_citizen, v_way); (t0 * t1); }); (t0 + t1); });
    } else {
      v_reached = (v_reached + (a_way_share[v_way] * v_scale));
    }
    if ((v_u < v_reached)) {
      return v_way;
    }
  }
  if ((a_stay_done[v_at] == 1LL)) {
    return (-0LL - 1);
  }
  return (v_last - 1LL);
}
static void f_take(int64_t v_token, int64_t v_way, double v_now) {
  int64_t v_citizen = 0;
  v_citizen = a_token_citizen[v_token];
  if ((a_way_counter[v_way] >= 0LL)) {
    f_take_once_more(v_citizen, a_way_counter[v_way]);
  }
  if ((a_way_rework[v_way] == 1LL)) {
    a_citizen_attempts[v_citizen] = (a_citizen_attempts[v_citizen] + 1LL);
    if ((a_header[4LL] > 0LL)) {
      if ((a_citizen_attempts[v_citizen] > a_header[4LL])) {
        f_drop(v_citizen, a_token_step[v_token], 2LL, v_now);
        return;
      }
    }
  }
  f_go(v_token, v_way, a_token_step[v_token], a_token_visit[v_token], v_now);
}
static void f_go(int64_t v_token, int64_t v_way, int64_t v_step, int64_t v_visit, double v_now) {
  double v_minutes = 0;
  v_minutes = (0x0.0p+0);
  if ((a_way_delay[v_way] >= 0LL)) {
    v_minutes = ({ int64_t t0 = a_way_delay[v_way]; double t1 = f_vuon__journeys__kernel_draws__draw(a_token_citizen[v_token], v_step, v_visit, 4LL); f_minutes_of(t0, t1); });
  }
  if ((v_minutes > (0x0.0p+0))) {
    a_token_step[v_token] = a_way_target[v_way];
    a_token_state[v_token] = 1LL;
    a_token_inside[v_token] = 0LL;
    f_push((v_now + v_minutes), 0LL, v_token, a_token_stamp[v_token]);
  } else {
    a_token_state[v_token] = 8LL;
    f_later_on(v_token, a_way_target[v_way]);
  }
}
static void f_fork(int64_t v_token, int64_t v_first, int64_t v_count, double v_now) {
  int64_t v_citizen = 0;
  int64_t v_n__1 = 0;
  int64_t v_n = 0;
  int64_t v_branch = 0;
  v_citizen = a_token_citizen[v_token];
  a_token_state[v_token] = 7LL;
  a_token_branches[v_token] = v_count;
  a_token_joined[v_token] = 0LL;
  v_n__1 = v_count;
  v_n = 0LL;
  for (; (v_n < v_n__1); v_n = (v_n + 1LL)) {
    v_branch = f_new_token(v_citizen, v_token);
    if ((v_branch < 0LL)) {
      return;
    }
    a_token_inside[v_branch] = a_token_inside[v_token];
    f_go(v_branch, (((v_first + v_count) - 1LL) - v_n), a_token_step[v_token], a_token_visit[v_token], v_now);
  }
}
static void f_settle(double v_now) {
  int64_t v_size = 0;
  int64_t v_token = 0;
  for (; (a_header[22LL] > 0LL); ) {
    v_size = (a_header[22LL] - 1LL);
    a_header[22LL] = v_size;
    v_token = a_pending_token[v_size];
    if ((a_token_state[v_token] != 0LL)) {
      if ((a_pending_step[v_size] == (-0LL - 1))) {
        f_leave(v_token, v_now);
      } else {
        f_stay(v_token, a_pending_step[v_size], v_now);
      }
    }
  }
}
static void f_stay(int64_t v_token, int64_t v_step, double v_now) {
  int64_t v_citizen = 0;
  int64_t v_kind = 0;
  int64_t v_row = 0;
  int64_t v_value__1 = 0;
  v_citizen = a_token_citizen[v_token];
  v_kind = a_step_kind[v_step];
  v_row = a_citizen_row[v_citizen];
  a_token_step[v_token] = v_step;
  v_value__1 = f_next_visit(v_citizen, v_step);
  a_token_visit[v_token] = v_value__1;
  f_record_visit(v_row, v_step);
  a_citizen_money[v_citizen] = (a_citizen_money[v_citizen] + a_step_fee[v_step]);
  a_citizen_work[v_citizen] = (a_citizen_work[v_citizen] + a_step_prepare[v_step]);
  if ((a_step_trip[v_step] == 1LL)) {
    f_make_trip(v_citizen, (-0x1.0000000000000p+0));
  }
  if ((v_kind == 9LL)) {
    f_end_token(v_token, v_now);
    return;
  }
  if ((v_kind == 8LL)) {
    f_join(v_token, v_now);
    return;
  }
  if ((v_kind == 6LL)) {
    f_hold(v_token, v_step, v_now);
    return;
  }
  if ((a_step_resource[v_step] >= 0LL)) {
    f_draw_patience(v_token);
    f_queue_up(v_token, a_step_resource[v_step], v_now);
    return;
  }
  f_pass_time(v_token, v_now);
}
static void f_pass_time(int64_t v_token, double v_now) {
  int64_t v_citizen = 0;
  int64_t v_step = 0;
  int64_t v_kind = 0;
  int64_t v_dist = 0;
  double v_minutes = 0;
  double v_end = 0;
  v_citizen = a_token_citizen[v_token];
  v_step = a_token_step[v_token];
  v_kind = a_step_kind[v_step];
  v_dist = a_stay_service[((a_citizen_group[v_citizen] * 64LL) + v_step)];
  v_minutes = (0x0.0p+0);
  if ((v_dist >= 0LL)) {
    v_minutes = ({ int64_t t0 = v_dist; double t1 = f_vuon__journeys__kernel_draws__draw(v_citizen, v_step, a_token_visit[v_token], 0LL); f_minutes_of(t0, t1); });
    f_record_service(a_citizen_row[v_citizen], v_step, v_minutes);
  }
  if ((v_kind == 0LL)) {
    a_citizen_work[v_citizen] = (a_citizen_work[v_citizen] + v_minutes);
  }
  if ((v_kind == 2LL)) {
    if ((a_step_trip[v_step] == 0LL)) {
      f_make_trip(v_citizen, v_minutes);
    }
  }
  v_end = (v_now + v_minutes);
  if ((v_kind == 4LL)) {
    v_end = f_later(0LL, v_now, v_minutes);
  }
  if ((v_end > v_now)) {
    a_token_state[v_token] = 2LL;
    a_token_inside[v_token] = 0LL;
    f_push(v_end, 0LL, v_token, a_token_stamp[v_token]);
  } else {
    f_leave(v_token, v_now);
  }
}
static void f_hold(int64_t v_token, int64_t v_step, double v_now) {
  ({ int64_t t0 = v_token; int64_t t1 = f_batch_of(v_step); f_line_up(t0, t1); });
  a_held_count[v_step] = (a_held_count[v_step] + 1LL);
  a_token_state[v_token] = 5LL;
  a_token_inside[v_token] = 0LL;
  if ((a_batch_size[v_step] > 0LL)) {
    if ((a_held_count[v_step] >= a_batch_size[v_step])) {
      f_push(v_now, 3LL, v_step, 1LL);
    }
  }
}
static void f_join(int64_t v_token, double v_now) {
  int64_t v_parent = 0;
  v_parent = a_token_parent[v_token];
  if ((v_parent >= 0LL)) {
    if ((a_step_join[a_token_step[v_parent]] == a_token_step[v_token])) {
      a_token_joined[v_parent] = 1LL;
      a_token_visit[v_parent] = a_token_visit[v_token];
      f_branch_done(v_token, v_now);
      return;
    }
  }
  f_leave(v_token, v_now);
}
static void f_enter(int64_t v_group, int64_t v_number, int64_t v_step, double v_now) {
  int64_t v_row = 0;
  int64_t v_citizen = 0;
  int64_t v_token = 0;
  v_row = (-0LL - 1);
  if (((v_number >= 4294967296LL) && (v_number < 8589934592LL))) {
    v_row = 17LL;
  } else {
    if ((v_now >= a_scalars[0LL])) {
      if ((v_now < a_scalars[1LL])) {
        v_row = v_group;
      }
    }
  }
  v_citizen = f_new_citizen(v_group, v_number, v_row, v_now);
  if ((v_citizen < 0LL)) {
    return;
  }
  f_note_count(v_row, 0LL);
  v_token = f_new_token(v_citizen, (-0LL - 1));
  if ((v_token < 0LL)) {
    return;
  }
  f_later_on(v_token, v_step);
}
static void f_next_arrival(int64_t v_group) {
  int64_t v_first = 0;
  int64_t v_last = 0;
  int64_t v_at = 0;
  double v_time = 0;
  int64_t v_number = 0;
  int64_t v_key = 0;
  double v_due = 0;
  double v_end = 0;
  double v_room = 0;
  double v_rate = 0;
  v_first = a_rate_first[v_group];
  v_last = (a_rate_count[v_group] - 1LL);
  v_at = a_stream_at[v_group];
  v_time = a_stream_time[v_group];
  v_number = a_stream_number[v_group];
  for (; 1LL; ) {
    v_number = (v_number + 1LL);
    v_key = f_key_of(v_group, v_number);
    v_due = ({ double t0 = (0x0.0p+0); double t1 = f_log(({ double t0 = (0x1.0000000000000p+0); double t1 = f_draw_with(v_key, 0LL, 0LL, 5LL); (t0 - t1); })); (t0 - t1); });
    for (; 1LL; ) {
      v_end = a_scalars[1LL];
      if ((v_at < v_last)) {
        v_end = a_rate_time[((v_first + v_at) + 1LL)];
      }
      v_room = (a_rate_envelope[(v_first + v_at)] * (v_end - v_time));
      if ((v_due < v_room)) {
        break;
      }
      v_due = (v_due - v_room);
      v_time = v_end;
      v_at = (v_at + 1LL);
      if ((v_at > v_last)) {
        a_header[29LL] = (a_header[29LL] - 1LL);
        return;
      }
    }
    v_time = (v_time + (v_due / a_rate_envelope[(v_first + v_at)]));
    v_rate = a_rate_value[(v_first + v_at)];
    if ((v_rate >= a_rate_envelope[(v_first + v_at)])) {
      break;
    }
    if (({ double t0 = ({ double t0 = f_draw_with(v_key, 0LL, 0LL, 6LL); double t1 = a_rate_envelope[(v_first + v_at)]; (t0 * t1); }); double t1 = v_rate; (t0 < t1); })) {
      break;
    }
  }
  a_stream_at[v_group] = v_at;
  a_stream_time[v_group] = v_time;
  a_stream_number[v_group] = v_number;
  f_push(v_time, 7LL, v_group, 0LL);
}
static int64_t f_group_at(double v_u) {
  int64_t v_group__1 = 0;
  int64_t v_group = 0;
  v_group__1 = a_header[2LL];
  v_group = 0LL;
  for (; (v_group < v_group__1); v_group = (v_group + 1LL)) {
    if ((v_u < a_group_cumulative[v_group])) {
      return v_group;
    }
  }
  return (a_header[2LL] - 1LL);
}
static void f_crowd(int64_t v_entry, double v_now) {
  int64_t v_day = 0;
  int64_t v_group__1 = 0;
  int64_t v_group = 0;
  double v_u = 0;
  double v_term = 0;
  double v_reached = 0;
  int64_t v_many = 0;
  int64_t v_n__2 = 0;
  int64_t v_n = 0;
  v_day = a_crowd_day[v_entry];
  v_group__1 = a_header[2LL];
  v_group = 0LL;
  for (; (v_group < v_group__1); v_group = (v_group + 1LL)) {
    v_u = ({ int64_t t0 = f_key_of(v_group, (8589934592LL + (v_day << 16LL))); int64_t t1 = 0LL; int64_t t2 = 0LL; int64_t t3 = 6LL; f_draw_with(t0, t1, t2, t3); });
    v_term = f_exp(((0x0.0p+0) - a_group_crowd[v_group]));
    v_reached = v_term;
    v_many = 0LL;
    for (; (v_u > v_reached); ) {
      v_many = (v_many + 1LL);
      v_term = ((v_term * a_group_crowd[v_group]) / ((double)(v_many)));
      v_reached = (v_reached + v_term);
      if (((v_many >= 65000LL) || (v_term <= (0x0.0p+0)))) {
        break;
      }
    }
    v_n__2 = v_many;
    v_n = 0LL;
    for (; (v_n < v_n__2); v_n = (v_n + 1LL)) {
      f_enter(v_group, ((8589934592LL + (v_day << 16LL)) + v_n), a_header[3LL], v_now);
      f_settle(v_now);
    }
  }
  if (((v_entry + 1LL) < a_header[6LL])) {
    f_push(a_crowd_time[(v_entry + 1LL)], 5LL, (v_entry + 1LL), 0LL);
  } else {
    a_header[29LL] = (a_header[29LL] - 1LL);
  }
}
static void f_appointment(int64_t v_entry, double v_now) {
  int64_t v_number = 0;
  int64_t v_group = 0;
  v_number = a_slot_number[v_entry];
  v_group = a_slot_group[v_entry];
  if ((v_group < 0LL)) {
    v_group = f_group_at(({ int64_t t0 = f_key_of((-0LL - 1), v_number); int64_t t1 = 0LL; int64_t t2 = 0LL; int64_t t3 = 7LL; f_draw_with(t0, t1, t2, t3); }));
  }
  if (({ double t0 = ({ int64_t t0 = f_key_of(v_group, v_number); int64_t t1 = 0LL; int64_t t2 = 0LL; int64_t t3 = 6LL; f_draw_with(t0, t1, t2, t3); }); double t1 = a_slot_no_show[v_entry]; (t0 < t1); })) {
    if ((v_now >= a_scalars[0LL])) {
      f_note_count(v_group, 5LL);
    }
  } else {
    f_enter(v_group, v_number, a_slot_step[v_entry], v_now);
  }
  if (((v_entry + 1LL) < a_header[5LL])) {
    f_push(a_slot_time[(v_entry + 1LL)], 6LL, (v_entry + 1LL), 0LL);
  } else {
    a_header[29LL] = (a_header[29LL] - 1LL);
  }
}
static void f_backlog(void) {
  int64_t v_place = 0;
  int64_t v_entry__1 = 0;
  int64_t v_entry = 0;
  int64_t v__n__2 = 0;
  int64_t v__n = 0;
  int64_t v_number = 0;
  int64_t v_group = 0;
  v_place = 0LL;
  v_entry__1 = a_header[7LL];
  v_entry = 0LL;
  for (; (v_entry < v_entry__1); v_entry = (v_entry + 1LL)) {
    v__n__2 = a_backlog_count[v_entry];
    v__n = 0LL;
    for (; (v__n < v__n__2); v__n = (v__n + 1LL)) {
      v_number = (4294967296LL + v_place);
      v_group = a_backlog_group[v_entry];
      if ((v_group < 0LL)) {
        v_group = f_group_at(({ int64_t t0 = f_key_of((-0LL - 1), v_number); int64_t t1 = 0LL; int64_t t2 = 0LL; int64_t t3 = 7LL; f_draw_with(t0, t1, t2, t3); }));
      }
      f_enter(v_group, v_number, a_backlog_step[v_entry], (0x0.0p+0));
      f_settle((0x0.0p+0));
      v_place = (v_place + 1LL);
    }
  }
}
static void f_start_streams(void) {
  int64_t v_group__1 = 0;
  int64_t v_group = 0;
  v_group__1 = a_header[2LL];
  v_group = 0LL;
  for (; (v_group < v_group__1); v_group = (v_group + 1LL)) {
    a_stream_at[v_group] = 0LL;
    a_stream_time[v_group] = (0x0.0p+0);
    a_stream_number[v_group] = (-0LL - 1);
    if ((a_rate_count[v_group] > 0LL)) {
      a_header[29LL] = (a_header[29LL] + 1LL);
      f_next_arrival(v_group);
    }
  }
  if ((a_header[6LL] > 0LL)) {
    a_header[29LL] = (a_header[29LL] + 1LL);
    f_push(a_crowd_time[0LL], 5LL, 0LL, 0LL);
  }
  if ((a_header[5LL] > 0LL)) {
    a_header[29LL] = (a_header[29LL] + 1LL);
    f_push(a_slot_time[0LL], 6LL, 0LL, 0LL);
  }
}
static double f_quantile_of(int64_t v_row, int64_t v_count, double v_part) {
  double v_sought = 0;
  int64_t v_below = 0;
  int64_t v_n = 0;
  int64_t v_here = 0;
  double v_share = 0;
  if ((v_count <= 0LL)) {
    return (0x0.0p+0);
  }
  v_sought = (v_part * ((double)(v_count)));
  v_below = 0LL;
  v_n = 0LL;
  for (; (v_n < 1024LL); v_n = (v_n + 1LL)) {
    v_here = a_now_waits[((v_row * 1024LL) + v_n)];
    if ((v_here > 0LL)) {
      if ((((double)((v_below + v_here))) >= v_sought)) {
        if ((v_n == 0LL)) {
          return (0x0.0p+0);
        }
        v_share = ((v_sought - ((double)(v_below))) / ((double)(v_here)));
        return ({ double t0 = (0x1.999999999999ap-5); double t1 = f_exp(((((double)((v_n - 1LL))) + v_share) * (0x1.47ae147ae147bp-6))); (t0 * t1); });
      }
      v_below = (v_below + v_here);
    }
  }
  return (0x0.0p+0);
}
static double f_gram_quantile(int64_t v_gram, int64_t v_row, double v_part, double v_least) {
  int64_t v_first = 0;
  int64_t v_many = 0;
  int64_t v_n = 0;
  double v_sought = 0;
  int64_t v_below = 0;
  int64_t v_here = 0;
  double v_share = 0;
  v_first = (((v_gram * 18LL) + v_row) * 1024LL);
  v_many = 0LL;
  v_n = 0LL;
  for (; (v_n < 1024LL); v_n = (v_n + 1LL)) {
    v_many = (v_many + a_grams[(v_first + v_n)]);
  }
  if ((v_many == 0LL)) {
    return (0x0.0p+0);
  }
  v_sought = (v_part * ((double)(v_many)));
  v_below = 0LL;
  v_n = 0LL;
  for (; (v_n < 1024LL); v_n = (v_n + 1LL)) {
    v_here = a_grams[(v_first + v_n)];
    if ((v_here > 0LL)) {
      if ((((double)((v_below + v_here))) >= v_sought)) {
        if ((v_n == 0LL)) {
          return (0x0.0p+0);
        }
        v_share = ((v_sought - ((double)(v_below))) / ((double)(v_here)));
        return ({ double t0 = v_least; double t1 = f_exp(((((double)((v_n - 1LL))) + v_share) * (0x1.47ae147ae147bp-6))); (t0 * t1); });
      }
      v_below = (v_below + v_here);
    }
  }
  return (0x0.0p+0);
}
static void f_settle_run(int64_t v_groups) {
  int64_t v_gram = 0;
  double v_least = 0;
  int64_t v_row = 0;
  int64_t v_at = 0;
  f_gather_run(v_groups);
  v_gram = 0LL;
  for (; (v_gram < 3LL); v_gram = (v_gram + 1LL)) {
    v_least = ((v_gram == 2LL) ? (0x1.0000000000000p+0) : (0x1.999999999999ap-5));
    v_row = 0LL;
    for (; (v_row < 18LL); v_row = (v_row + 1LL)) {
      v_at = (((v_gram * 18LL) + v_row) * 3LL);
      a_quantiles[v_at] = f_gram_quantile(v_gram, v_row, (0x1.999999999999ap-4), v_least);
      a_quantiles[(v_at + 1LL)] = f_gram_quantile(v_gram, v_row, (0x1.0000000000000p-1), v_least);
      a_quantiles[(v_at + 2LL)] = f_gram_quantile(v_gram, v_row, (0x1.ccccccccccccdp-1), v_least);
    }
  }
}
static void f_forget_run(void) {
  int64_t v_n__1 = 0;
  int64_t v_n = 0;
  int64_t v_n__2 = 0;
  int64_t v_n__3 = 0;
  int64_t v_n__4 = 0;
  int64_t v_n__5 = 0;
  int64_t v_n__6 = 0;
  v_n__1 = (18LL * 8LL);
  v_n = 0LL;
  for (; (v_n < v_n__1); v_n = (v_n + 1LL)) {
    a_counts[v_n] = 0LL;
  }
  v_n__2 = (18LL * 12LL);
  v_n = 0LL;
  for (; (v_n < v_n__2); v_n = (v_n + 1LL)) {
    a_sums[v_n] = (0x0.0p+0);
    a_squares[v_n] = (0x0.0p+0);
  }
  v_n__3 = ((3LL * 18LL) * 1024LL);
  v_n = 0LL;
  for (; (v_n < v_n__3); v_n = (v_n + 1LL)) {
    a_grams[v_n] = 0LL;
  }
  v_n__4 = ((18LL * 64LL) * 4LL);
  v_n = 0LL;
  for (; (v_n < v_n__4); v_n = (v_n + 1LL)) {
    a_dropped[v_n] = 0LL;
  }
  v_n__5 = (18LL * 64LL);
  v_n = 0LL;
  for (; (v_n < v_n__5); v_n = (v_n + 1LL)) {
    a_step_visits[v_n] = 0LL;
    a_step_wait[v_n] = (0x0.0p+0);
    a_step_wait_square[v_n] = (0x0.0p+0);
    a_step_service[v_n] = (0x0.0p+0);
    a_step_impatiences[v_n] = 0LL;
  }
  v_n__6 = (32LL * 48LL);
  v_n = 0LL;
  for (; (v_n < v_n__6); v_n = (v_n + 1LL)) {
    a_busy[v_n] = (0x0.0p+0);
  }
}
static void f_forget_replication(void) {
  int64_t v_n__1 = 0;
  int64_t v_n = 0;
  int64_t v_n__2 = 0;
  int64_t v_n__3 = 0;
  v_n__1 = (18LL * 8LL);
  v_n = 0LL;
  for (; (v_n < v_n__1); v_n = (v_n + 1LL)) {
    a_now_counts[v_n] = 0LL;
  }
  v_n__2 = (18LL * 12LL);
  v_n = 0LL;
  for (; (v_n < v_n__2); v_n = (v_n + 1LL)) {
    a_now_sums[v_n] = (0x0.0p+0);
  }
  v_n__3 = (18LL * 1024LL);
  v_n = 0LL;
  for (; (v_n < v_n__3); v_n = (v_n + 1LL)) {
    a_now_waits[v_n] = 0LL;
  }
  v_n = 0LL;
  for (; (v_n < 32LL); v_n = (v_n + 1LL)) {
    a_now_busy[v_n] = (0x0.0p+0);
  }
}
static double f_ratio(double v_part, double v_whole) {
  if ((v_whole > (0x0.0p+0))) {
    return (v_part / v_whole);
  }
  return (0x0.0p+0);
}
static void f_settle_row(int64_t v_replication, int64_t v_row) {
  int64_t v_base = 0;
  int64_t v_here = 0;
  int64_t v_out = 0;
  double v_arrived = 0;
  double v_done = 0;
  double v_lost = 0;
  int64_t v_n = 0;
  v_base = (v_row * 8LL);
  v_here = (v_row * 12LL);
  v_out = (((v_replication * 18LL) + v_row) * 20LL);
  v_arrived = ((double)(a_now_counts[(v_base + 0LL)]));
  v_done = ((double)(a_now_counts[(v_base + 1LL)]));
  v_lost = ((double)(a_now_counts[(v_base + 2LL)]));
  a_outcomes[(v_out + 14LL)] = v_arrived;
  a_outcomes[(v_out + 15LL)] = v_done;
  a_outcomes[(v_out + 0LL)] = f_ratio(v_done, v_arrived);
  a_outcomes[(v_out + 1LL)] = f_ratio(v_lost, v_arrived);
  a_outcomes[(v_out + 2LL)] = f_ratio(a_now_sums[(v_here + 1LL)], v_arrived);
  a_outcomes[(v_out + 3LL)] = f_quantile_of(v_row, a_now_counts[(v_base + 0LL)], (0x1.0000000000000p-1));
  a_outcomes[(v_out + 4LL)] = f_quantile_of(v_row, a_now_counts[(v_base + 0LL)], (0x1.ccccccccccccdp-1));
  a_outcomes[(v_out + 5LL)] = f_ratio(((double)(a_now_counts[(v_base + 4LL)])), v_arrived);
  a_outcomes[(v_out + 6LL)] = ({ double t0 = f_ratio(a_now_sums[(v_here + 0LL)], v_done); double t1 = (0x1.6800000000000p+10); (t0 / t1); });
  a_outcomes[(v_out + 7LL)] = f_ratio(a_now_sums[(v_here + 6LL)], v_arrived);
  a_outcomes[(v_out + 8LL)] = f_ratio(a_now_sums[(v_here + 7LL)], v_arrived);
  a_outcomes[(v_out + 9LL)] = f_ratio(a_now_sums[(v_here + 8LL)], v_arrived);
  a_outcomes[(v_out + 10LL)] = f_ratio(a_now_sums[(v_here + 9LL)], v_lost);
  a_outcomes[(v_out + 11LL)] = f_ratio(a_now_sums[(v_here + 8LL)], v_done);
  a_outcomes[(v_out + 12LL)] = f_ratio(a_now_sums[(v_here + 3LL)], v_arrived);
  a_outcomes[(v_out + 16LL)] = f_ratio(a_now_sums[(v_here + 10LL)], v_arrived);
  v_n = 0LL;
  for (; (v_n < 8LL); v_n = (v_n + 1LL)) {
    a_counts[(v_base + v_n)] = (a_counts[(v_base + v_n)] + a_now_counts[(v_base + v_n)]);
  }
  v_n = 0LL;
  for (; (v_n < 12LL); v_n = (v_n + 1LL)) {
    a_sums[(v_here + v_n)] = (a_sums[(v_here + v_n)] + a_now_sums[(v_here + v_n)]);
  }
  v_n = 0LL;
  for (; (v_n < 1024LL); v_n = (v_n + 1LL)) {
    a_grams[((((0LL * 18LL) + v_row) * 1024LL) + v_n)] = (a_grams[((((0LL * 18LL) + v_row) * 1024LL) + v_n)] + a_now_waits[((v_row * 1024LL) + v_n)]);
  }
}
static void f_gather_replication(int64_t v_groups) {
  int64_t v_row__1 = 0;
  int64_t v_row = 0;
  int64_t v_n = 0;
  v_row__1 = v_groups;
  v_row = 0LL;
  for (; (v_row < v_row__1); v_row = (v_row + 1LL)) {
    v_n = 0LL;
    for (; (v_n < 8LL); v_n = (v_n + 1LL)) {
      a_now_counts[((16LL * 8LL) + v_n)] = (a_now_counts[((16LL * 8LL) + v_n)] + a_now_counts[((v_row * 8LL) + v_n)]);
    }
    v_n = 0LL;
    for (; (v_n < 12LL); v_n = (v_n + 1LL)) {
      a_now_sums[((16LL * 12LL) + v_n)] = (a_now_sums[((16LL * 12LL) + v_n)] + a_now_sums[((v_row * 12LL) + v_n)]);
    }
    v_n = 0LL;
    for (; (v_n < 1024LL); v_n = (v_n + 1LL)) {
      a_now_waits[((16LL * 1024LL) + v_n)] = (a_now_waits[((16LL * 1024LL) + v_n)] + a_now_waits[((v_row * 1024LL) + v_n)]);
    }
  }
}
static void f_gather_run(int64_t v_groups) {
  int64_t v_row__1 = 0;
  int64_t v_row = 0;
  int64_t v_n = 0;
  int64_t v_at = 0;
  int64_t v_to = 0;
  int64_t v_n__2 = 0;
  v_row__1 = v_groups;
  v_row = 0LL;
  for (; (v_row < v_row__1); v_row = (v_row + 1LL)) {
    v_n = 0LL;
    for (; (v_n < 12LL); v_n = (v_n + 1LL)) {
      a_squares[((16LL * 12LL) + v_n)] = (a_squares[((16LL * 12LL) + v_n)] + a_squares[((v_row * 12LL) + v_n)]);
    }
    v_n = 0LL;
    for (; (v_n < 1024LL); v_n = (v_n + 1LL)) {
      v_at = (((1LL * 18LL) * 1024LL) + v_n);
      a_grams[(v_at + (16LL * 1024LL))] = (a_grams[(v_at + (16LL * 1024LL))] + a_grams[(v_at + (v_row * 1024LL))]);
      v_at = (((2LL * 18LL) * 1024LL) + v_n);
      a_grams[(v_at + (16LL * 1024LL))] = (a_grams[(v_at + (16LL * 1024LL))] + a_grams[(v_at + (v_row * 1024LL))]);
    }
    v_n = 0LL;
    for (; (v_n < 64LL); v_n = (v_n + 1LL)) {
      v_at = ((v_row * 64LL) + v_n);
      v_to = ((16LL * 64LL) + v_n);
      a_step_visits[v_to] = (a_step_visits[v_to] + a_step_visits[v_at]);
      a_step_wait[v_to] = (a_step_wait[v_to] + a_step_wait[v_at]);
      a_step_wait_square[v_to] = (a_step_wait_square[v_to] + a_step_wait_square[v_at]);
      a_step_service[v_to] = (a_step_service[v_to] + a_step_service[v_at]);
      a_step_impatiences[v_to] = (a_step_impatiences[v_to] + a_step_impatiences[v_at]);
    }
    v_n__2 = (64LL * 4LL);
    v_n = 0LL;
    for (; (v_n < v_n__2); v_n = (v_n + 1LL)) {
      a_dropped[(((16LL * 64LL) * 4LL) + v_n)] = (a_dropped[(((16LL * 64LL) * 4LL) + v_n)] + a_dropped[(((v_row * 64LL) * 4LL) + v_n)]);
    }
  }
}
static void f_settle_replication(int64_t v_replication, int64_t v_groups, int64_t v_resources) {
  int64_t v_row__1 = 0;
  int64_t v_row = 0;
  double v_worked = 0;
  double v_there = 0;
  int64_t v_n__2 = 0;
  int64_t v_n = 0;
  f_gather_replication(v_groups);
  v_row__1 = v_groups;
  v_row = 0LL;
  for (; (v_row < v_row__1); v_row = (v_row + 1LL)) {
    f_settle_row(v_replication, v_row);
  }
  f_settle_row(v_replication, 16LL);
  f_settle_row(v_replication, 17LL);
  v_worked = (0x0.0p+0);
  v_there = (0x0.0p+0);
  v_n__2 = v_resources;
  v_n = 0LL;
  for (; (v_n < v_n__2); v_n = (v_n + 1LL)) {
    a_loads[((v_replication * 32LL) + v_n)] = f_ratio(a_now_busy[v_n], a_open_minutes[v_n]);
    v_worked = (v_worked + a_now_busy[v_n]);
    v_there = (v_there + a_open_minutes[v_n]);
  }
  a_outcomes[((((v_replication * 18LL) + 16LL) * 20LL) + 13LL)] = f_ratio(v_worked, v_there);
}
static int64_t f_run(int64_t v_budget) {
  int64_t v_left = 0;
  double v_last = 0;
  int64_t v_word = 0;
  v_left = v_budget;
  if ((a_header[16LL] == 0LL)) {
    f_forget_run();
    a_header[18LL] = 0LL;
    a_header[19LL] = 0LL;
    a_header[17LL] = 0LL;
    a_header[16LL] = 1LL;
  }
  for (; 1LL; ) {
    if ((a_header[16LL] == 3LL)) {
      return a_header[18LL];
    }
    if ((a_header[16LL] == 1LL)) {
      f_start_replication();
      a_header[16LL] = 2LL;
    }
    if ((a_header[19LL] != 0LL)) {
      return a_header[19LL];
    }
    if ((v_left <= 0LL)) {
      return (-4LL - 1);
    }
    v_last = a_scalars[8LL];
    v_word = (-0LL - 1);
    if (((a_header[23LL] > 0LL) || (a_header[29LL] > 0LL))) {
      v_word = f_next_event();
    }
    if ((a_header[24LL] > 0LL)) {
      if (((v_word < 0LL) || (a_scalars[8LL] > v_last))) {
        f_end_all_overtime(v_last);
      }
    }
    if ((v_word < 0LL)) {
      f_end_replication();
    } else {
      f_handle(v_word, a_scalars[8LL]);
      a_header[18LL] = (a_header[18LL] + 1LL);
      v_left = (v_left - 1LL);
    }
  }
}
static void f_handle(int64_t v_word, double v_now) {
  int64_t v_kind = 0;
  int64_t v_index = 0;
  v_kind = (v_word >> 59LL);
  v_index = ((v_word >> 31LL) & 268435455LL);
  if ((v_kind == 0LL)) {
    f_end_stay(v_index, v_now);
  } else {
    if ((v_kind == 7LL)) {
      f_enter(v_index, a_stream_number[v_index], a_header[3LL], v_now);
      f_next_arrival(v_index);
    } else {
      if ((v_kind == 1LL)) {
        f_change_desks(v_index, v_now);
      } else {
        if ((v_kind == 2LL)) {
          f_lose_patience(v_index, v_now);
        } else {
          if ((v_kind == 3LL)) {
            f_release(v_index, (v_word & 1LL), v_now);
          } else {
            if ((v_kind == 4LL)) {
              f_queue_up(v_index, a_step_resource[a_token_step[v_index]], v_now);
            } else {
              if ((v_kind == 5LL)) {
                f_crowd(v_index, v_now);
              } else {
                if ((v_kind == 6LL)) {
                  f_appointment(v_index, v_now);
                }
              }
            }
          }
        }
      }
    }
  }
  f_settle(v_now);
}
static void f_end_stay(int64_t v_token, double v_now) {
  int64_t v_state = 0;
  int64_t v_resource = 0;
  v_state = a_token_state[v_token];
  if ((v_state == 1LL)) {
    f_later_on(v_token, a_token_step[v_token]);
  } else {
    if ((v_state == 2LL)) {
      f_leave(v_token, v_now);
    } else {
      if ((v_state == 4LL)) {
        a_token_state[v_token] = 8LL;
        v_resource = a_step_resource[a_token_step[v_token]];
        a_res_busy[v_resource] = (a_res_busy[v_resource] - 1LL);
        f_serve(v_resource, v_now);
        if ((a_token_citizen[v_token] < 0LL)) {
          f_free_token(v_token);
        } else {
          f_leave(v_token, v_now);
        }
      }
    }
  }
}
static void f_lose_patience(int64_t v_token, double v_now) {
  int64_t v_citizen = 0;
  int64_t v_step = 0;
  int64_t v_resource = 0;
  v_citizen = a_token_citizen[v_token];
  v_step = a_token_step[v_token];
  v_resource = a_step_resource[v_step];
  f_note_wait(v_token, v_resource, v_now);
  f_unlink(v_token, v_resource);
  a_token_state[v_token] = 8LL;
  f_record_impatience(a_citizen_row[v_citizen], v_step);
  if ((a_step_impatient[v_step] >= 0LL)) {
    f_later_on(v_token, a_step_impatient[v_step]);
  } else {
    f_drop(v_citizen, v_step, 1LL, v_now);
  }
}
static void f_release(int64_t v_step, int64_t v_full, double v_now) {
  int64_t v_left = 0;
  int64_t v_token = 0;
  v_left = a_held_count[v_step];
  if ((v_full == 1LL)) {
    v_left = 0LL;
    if ((a_batch_size[v_step] > 0LL)) {
      v_left = ((a_held_count[v_step] / a_batch_size[v_step]) * a_batch_size[v_step]);
    }
  } else {
    a_release_at[v_step] = (a_release_at[v_step] + 1LL);
    if ((a_release_at[v_step] < a_release_count[v_step])) {
      f_push(a_release_time[(a_release_first[v_step] + a_release_at[v_step])], 3LL, v_step, 0LL);
    }
  }
  for (; (v_left > 0LL); ) {
    v_token = a_line_head[f_batch_of(v_step)];
    if ((v_token < 0LL)) {
      return;
    }
    f_take_out(v_token);
    a_token_state[v_token] = 8LL;
    f_pass_time(v_token, v_now);
    f_settle(v_now);
    v_left = (v_left - 1LL);
  }
}
static void f_start_replication(void) {
  int64_t v_n__1 = 0;
  int64_t v_n = 0;
  int64_t v_step__2 = 0;
  int64_t v_step = 0;
  f_forget_replication();
  f_forget_tokens();
  f_forget_clocks(34LL);
  a_header[20LL] = 0LL;
  a_header[21LL] = 0LL;
  a_header[22LL] = 0LL;
  a_header[24LL] = 0LL;
  a_header[29LL] = 0LL;
  a_scalars[8LL] = (0x0.0p+0);
  f_forget_lines(a_header[1LL]);
  v_n__1 = a_header[1LL];
  v_n = 0LL;
  for (; (v_n < v_n__1); v_n = (v_n + 1LL)) {
    a_res_busy[v_n] = 0LL;
    a_res_queued[v_n] = 0LL;
    a_res_overtime[v_n] = (0x0.0p+0);
    a_res_over_since[v_n] = (-0x1.0000000000000p+0);
    a_res_at[v_n] = 1LL;
    a_res_desks[v_n] = a_desks_value[a_desks_first[v_n]];
    if ((a_desks_count[v_n] > 1LL)) {
      f_push(a_desks_time[(a_desks_first[v_n] + 1LL)], 1LL, v_n, 0LL);
    }
  }
  v_step__2 = a_header[0LL];
  v_step = 0LL;
  for (; (v_step < v_step__2); v_step = (v_step + 1LL)) {
    f_empty(f_batch_of(v_step));
    a_held_count[v_step] = 0LL;
    a_release_at[v_step] = 0LL;
    if ((a_release_count[v_step] > 0LL)) {
      f_push(a_release_time[a_release_first[v_step]], 3LL, v_step, 0LL);
    }
  }
  f_backlog();
  f_start_streams();
}
static void f_end_replication(void) {
  double v_now = 0;
  int64_t v_token__1 = 0;
  int64_t v_token = 0;
  int64_t v_citizen__2 = 0;
  int64_t v_citizen = 0;
  v_now = a_scalars[8LL];
  v_token__1 = a_header[26LL];
  v_token = 0LL;
  for (; (v_token < v_token__1); v_token = (v_token + 1LL)) {
    if ((a_token_state[v_token] == 3LL)) {
      f_note_wait(v_token, a_step_resource[a_token_step[v_token]], v_now);
    }
  }
  v_citizen__2 = a_header[28LL];
  v_citizen = 0LL;
  for (; (v_citizen < v_citizen__2); v_citizen = (v_citizen + 1LL)) {
    if ((a_citizen_row[v_citizen] >= 0LL)) {
      f_record(v_citizen, 3LL, v_now);
    }
  }
  f_settle_replication(a_header[17LL], a_header[2LL], a_header[1LL]);
  a_header[17LL] = (a_header[17LL] + 1LL);
  if ((a_header[17LL] >= a_header[8LL])) {
    f_settle_run(a_header[2LL]);
    a_header[16LL] = 3LL;
  } else {
    a_header[16LL] = 1LL;
  }
}
int64_t kernel_run(int64_t v_budget) { return f_run(v_budget); }
void *kernel_array(int n) { switch (n) {
    case 0: return a_header;
    case 1: return a_scalars;
    case 2: return a_step_kind;
    case 3: return a_step_hash;
    case 4: return a_step_resource;
    case 5: return a_step_impatient;
    case 6: return a_step_join;
    case 7: return a_step_trip;
    case 8: return a_step_fee;
    case 9: return a_step_prepare;
    case 10: return a_batch_size;
    case 11: return a_release_first;
    case 12: return a_release_count;
    case 13: return a_release_time;
    case 14: return a_stay_service;
    case 15: return a_stay_patience;
    case 16: return a_stay_gives_up;
    case 17: return a_stay_missing;
    case 18: return a_stay_missing_minutes;
    case 19: return a_stay_missing_money;
    case 20: return a_stay_papers;
    case 21: return a_stay_first;
    case 22: return a_stay_count;
    case 23: return a_stay_scaled;
    case 24: return a_stay_done;
    case 25: return a_way_share;
    case 26: return a_way_target;
    case 27: return a_way_rework;
    case 28: return a_way_factor;
    case 29: return a_way_counter;
    case 30: return a_way_delay;
    case 31: return a_dist_family;
    case 32: return a_dist_a;
    case 33: return a_dist_b;
    case 34: return a_dist_table;
    case 35: return a_tables;
    case 36: return a_group_hash;
    case 37: return a_group_priority;
    case 38: return a_group_travel_minutes;
    case 39: return a_group_travel_money;
    case 40: return a_group_minute_value;
    case 41: return a_group_tolerance;
    case 42: return a_group_cumulative;
    case 43: return a_group_crowd;
    case 44: return a_rate_first;
    case 45: return a_rate_count;
    case 46: return a_rate_time;
    case 47: return a_rate_value;
    case 48: return a_rate_envelope;
    case 49: return a_resource_hash;
    case 50: return a_resource_clock;
    case 51: return a_resource_closing;
    case 52: return a_resource_keep;
    case 53: return a_resource_stop;
    case 54: return a_resource_cost;
    case 55: return a_desks_first;
    case 56: return a_desks_count;
    case 57: return a_desks_time;
    case 58: return a_desks_value;
    case 59: return a_clock_first;
    case 60: return a_clock_count;
    case 61: return a_clock_start;
    case 62: return a_clock_end;
    case 63: return a_clock_before;
    case 64: return a_slot_time;
    case 65: return a_slot_group;
    case 66: return a_slot_step;
    case 67: return a_slot_number;
    case 68: return a_slot_no_show;
    case 69: return a_crowd_time;
    case 70: return a_crowd_day;
    case 71: return a_backlog_step;
    case 72: return a_backlog_group;
    case 73: return a_backlog_count;
    case 74: return a_replication_key;
    case 75: return a_res_desks;
    case 76: return a_res_busy;
    case 77: return a_res_queued;
    case 78: return a_res_at;
    case 79: return a_res_overtime;
    case 80: return a_res_over_since;
    case 81: return a_line_head;
    case 82: return a_line_tail;
    case 83: return a_clock_at;
    case 84: return a_held_count;
    case 85: return a_release_at;
    case 86: return a_stream_at;
    case 87: return a_stream_number;
    case 88: return a_stream_time;
    case 89: return a_token_state;
    case 90: return a_token_citizen;
    case 91: return a_token_step;
    case 92: return a_token_visit;
    case 93: return a_token_stamp;
    case 94: return a_token_next;
    case 95: return a_token_before;
    case 96: return a_token_parent;
    case 97: return a_token_branches;
    case 98: return a_token_joined;
    case 99: return a_token_sister;
    case 100: return a_token_inside;
    case 101: return a_token_clock;
    case 102: return a_token_patience;
    case 103: return a_pending_token;
    case 104: return a_pending_step;
    case 105: return a_citizen_group;
    case 106: return a_citizen_number;
    case 107: return a_citizen_key;
    case 108: return a_citizen_row;
    case 109: return a_citizen_token;
    case 110: return a_citizen_entered;
    case 111: return a_citizen_wait;
    case 112: return a_citizen_work;
    case 113: return a_citizen_service;
    case 114: return a_citizen_travel;
    case 115: return a_citizen_money;
    case 116: return a_citizen_state_cost;
    case 117: return a_citizen_trips;
    case 118: return a_citizen_attempts;
    case 119: return a_citizen_taken;
    case 120: return a_event_key;
    case 121: return a_event_word;
    case 122: return a_tie_word;
    case 123: return a_visits;
    case 124: return a_one;
    case 125: return a_now_counts;
    case 126: return a_now_sums;
    case 127: return a_now_waits;
    case 128: return a_now_busy;
    case 129: return a_counts;
    case 130: return a_sums;
    case 131: return a_squares;
    case 132: return a_grams;
    case 133: return a_dropped;
    case 134: return a_step_visits;
    case 135: return a_step_wait;
    case 136: return a_step_wait_square;
    case 137: return a_step_service;
    case 138: return a_step_impatiences;
    case 139: return a_busy;
    case 140: return a_quantiles;
    case 141: return a_outcomes;
    case 142: return a_loads;
    case 143: return a_open_minutes;
  } return 0; }
