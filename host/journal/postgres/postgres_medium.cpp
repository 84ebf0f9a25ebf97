// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/postgres_medium.hpp"

#include "host/journal/fullness.hpp"
#include "host/journal/micros.hpp"
#include "host/journal/postgres/postgres_schema.hpp"

#include <algorithm>
#include <map>
#include <thread>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::chrono::seconds time_to_start{30};      // of a database that starts too, or is large
constexpr std::chrono::milliseconds connect_pause{50}; // between two tries to connect

constexpr const char* hold_place =
    "SELECT penstock.hold($1, $2, $3, $4 * interval '1 ms', $5, $6, $7, $8)";

// The end of the log, as long as commits wait for a standby's disk.
constexpr const char* log_position =
    "SELECT CASE WHEN current_setting('synchronous_standby_names') <> '' "
    "THEN pg_current_wal_insert_lsn()::text ELSE '' END";
constexpr const char* standby_has =
    "SELECT current_setting('synchronous_standby_names') <> '' AND EXISTS (SELECT "
    "FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND flush_lsn > "
    "$1::text::pg_lsn)";

constexpr std::chrono::seconds time_between_counts{60}; // of dead letters, which others drop too

// Throws what does not pass if another process has taken the host's place.
void require_place(const statement_refused& problem)
{
    if (problem.state() == "PS001")
        throw medium_error(problem.what(), false);
}

// Returns whether a session is open; throws once it is too late for that.
bool try_to_open(postgres_connection& session, std::chrono::steady_clock::time_point until)
{
    try
    {
        open_durably(session, until);
        return true;
    }
    catch (const database_away&)
    {
        if (std::chrono::steady_clock::now() >= until)
            throw;
        return false;
    }
}

std::int64_t before(std::int64_t now, std::chrono::seconds age)
{
    return now - std::chrono::duration_cast<std::chrono::microseconds>(age).count();
}

} // namespace

postgres_medium::postgres_medium(const postgres_options& options)
    : options_(options), session_(options.connection, "penstock journal")
{
    if (!options_.clock)
        options_.clock = steady_wall_clock();
    const clock::time_point until = clock::now() + time_to_start;
    while (!try_to_open(session_, until))
        std::this_thread::sleep_for(connect_pause);
    make_schema(session_, until);
    place_ = register_host(session_, options_.identity, options_.lease, until);
    parts_.emplace(session_, place_.range, until);
    count_letters(until);
    next_tidy_ = clock::now() + options_.lease / 4;
    next_forget_ = clock::now();
}

void postgres_medium::count_letters(clock::time_point until)
{
    const statement_result found =
        session_.ask("SELECT graph, sum(bytes)::bigint, sum(letters)::bigint FROM ("
                     "SELECT graph, bytes, 1 AS letters FROM penstock.letters UNION ALL "
                     "SELECT graph, size, 0 FROM penstock.originals) kept GROUP BY graph",
                     until);
    std::map<std::string, std::uint64_t, std::less<>> bytes;
    letters_ = 0;
    for (int row = 0; row < found.rows(); ++row)
    {
        bytes[std::string(found.text(row, 0))] = found.natural(row, 1);
        letters_ += found.number(row, 2);
    }
    usages_.replace(bytes);
    has_letters_ = letters_ > 0;
    next_count_ = clock::now() + time_between_counts;
}

// Another session for the one that was lost. What was committed over that and not heard of shows in
// the number of commits.
void postgres_medium::resume(clock::time_point until)
{
    if (session_.is_open())
        return;
    replicates_ = false;
    open_durably(session_, until);
    const std::int64_t commits = resume_host(session_, place_, options_.lease, until);
    parts_->read_names(session_, until);
    if (commits > place_.commits)
    {
        if (!refused_.empty())
            forget_refused(until);
        count_letters(until);
    }
    refused_.clear();
    place_.commits = std::max(place_.commits, commits);
}

// They were refused, and those who sent them told so.
void postgres_medium::forget_refused(clock::time_point until)
{
    for (const char* sql : {"DELETE FROM penstock.entries WHERE number = ANY ($1::bigint[])",
                            "DELETE FROM penstock.bodies WHERE number = ANY ($1::bigint[])",
                            "DELETE FROM penstock.turns WHERE number = ANY ($1::bigint[])",
                            "DELETE FROM penstock.keys WHERE number = ANY ($1::bigint[])"})
    {
        statement_values values;
        values.add_numbers(refused_);
        session_.add(sql, std::move(values));
    }
    session_.run(until);
}

void postgres_medium::commit(operation_group& operations, const journal_state& state)
{
    if (operations.empty() && state == place_.state)
        return;
    const std::int64_t now = micros_of(options_.clock());
    postgres_group group(operations, {now, before(now, options_.keep.keys)}, has_letters_,
                         numbering(place_.state.seed));
    std::int64_t sent = 0; // the number under which it was sent; 0: it was not
    try
    {
        insist(
            [&](clock::time_point until)
            {
                resume(until);
                if (sent != 0 && place_.commits == sent)
                    return group.committed_unheard(session_, until); // its answer was lost
                parts_->require(session_, group.appended(), group.ended(), until);
                sent = place_.commits + 1;
                send(group, state, until);
            });
    }
    catch (...)
    {
        if (sent != 0)
            refused_ = group.fresh();
        throw;
    }
    place_.state = state;
    parts_->count(group.appended(), group.finished(), group.ended());
}

// Tries until a database that is away is back, or patience ends.
template <class Work>
void postgres_medium::insist(Work work)
{
    const clock::time_point until = soon();
    for (;;)
    {
        try
        {
            return work(until);
        }
        catch (const database_away&)
        {
            if (clock::now() + connect_pause >= until)
                throw;
            std::this_thread::sleep_for(connect_pause);
        }
        catch (const statement_refused& problem)
        {
            require_place(problem);
            if (!problem.is_transient() || clock::now() >= until)
                throw;
        }
    }
}

void postgres_medium::send(postgres_group& group, const journal_state& state,
                           clock::time_point until)
{
    group.add_to(session_);
    parts_->add_deletions(session_, group.finished());
    add_hold(place_.commits + 1, state);
    session_.add(log_position);
    const std::vector<statement_result> answers = session_.run(until);
    ++place_.commits;
    group.committed(answers, usages_);
    letters_ = std::max(letters_ + group.new_letters(), std::int64_t{0}); // others drop some too
    has_letters_ |= letters_ > 0;
    look_at_standbys(answers.back().text(0, 0), until);
}

// `before` is where the log ended before the commit; empty: no standby is waited for. The commit has
// waited for one if one is to be waited for now too, and has more of the log on its disk.
void postgres_medium::look_at_standbys(std::string_view before, clock::time_point until)
{
    replicates_ = false;
    if (before.empty())
        return;
    try
    {
        statement_values values;
        values.add(before);
        replicates_ = session_.ask(standby_has, until, std::move(values)).boolean(0, 0);
    }
    catch (const medium_error&)
    {
        // The commit is done; the next one meets with the trouble.
    }
}

void postgres_medium::add_hold(std::int64_t commit_number, const journal_state& state)
{
    statement_values values;
    values.add(place_.range.host).add(place_.incarnation).add(commit_number);
    values.add(std::int64_t{options_.lease.count()}).add(state.numbers).add(state.dead_letters);
    values.add(state.last_micros).add(state.expired);
    session_.add(hold_place, std::move(values));
}

// Commits that the host is there, and nothing else, and so learns of standbys, and of dead letters
// that other hosts have made.
void postgres_medium::renew(clock::time_point until)
{
    resume(until);
    add_hold(place_.commits, place_.state);
    session_.add("SELECT EXISTS (SELECT FROM penstock.letters)");
    session_.add(log_position);
    try
    {
        const std::vector<statement_result> answers = session_.run(until);
        has_letters_ = answers[1].boolean(0, 0);
        look_at_standbys(answers.back().text(0, 0), until);
    }
    catch (const statement_refused& problem)
    {
        require_place(problem);
        throw;
    }
}

void postgres_medium::probe()
{
    renew(soon());
}

// What fails here, but for the loss of the place, is tried again later: the next commit meets with
// whatever lasts, and says so.
void postgres_medium::tidy()
{
    const clock::time_point now = clock::now();
    if (now < next_tidy_)
        return;
    next_tidy_ = now + options_.lease / 4;
    try
    {
        renew(soon());
        if (now < next_forget_)
            return;
        next_forget_ = now + options_.tidy;
        forget_old(soon());
    }
    catch (const medium_error& problem)
    {
        if (!problem.passes())
            throw;
    }
}

void postgres_medium::forget_old(clock::time_point until)
{
    if (clock::now() >= next_count_)
        count_letters(until);
    const std::int64_t now = micros_of(options_.clock());
    parts_->drop_old(session_, before(now, options_.keep.receipts), options_.keep.most_receipts,
                     until);
    session_.ask("DELETE FROM penstock.keys WHERE used < $1", until,
                 std::move(statement_values().add(before(now, options_.keep.keys))));
    session_.ask("DELETE FROM penstock.receipts_kept WHERE ended < $1", until,
                 std::move(statement_values().add(before(now, options_.keep.receipts))));
    session_.ask("DELETE FROM penstock.blames WHERE kept < $1", until,
                 std::move(statement_values().add(before(now, options_.keep.blames))));
    if (options_.keep.dead_letters.count() > 0)
        forget_letters(before(now, options_.keep.dead_letters), until);
    const statement_result used =
        session_.ask("SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint "
                     "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                     "WHERE n.nspname = 'penstock' AND c.relkind = 'r'",
                     until);
    fullness_ = fullness_of(session_.name(), used.natural(0, 0), options_.quota);
}

void postgres_medium::forget_letters(std::int64_t before, clock::time_point until)
{
    const std::uint64_t gone = session_
                                   .ask("DELETE FROM penstock.letters WHERE kept < $1", until,
                                        std::move(statement_values().add(before)))
                                   .changes();
    if (gone == 0)
        return;
    session_.ask("DELETE FROM penstock.originals o WHERE NOT EXISTS "
                 "(SELECT FROM penstock.letters l WHERE l.entry = o.number)",
                 until);
    place_.state.expired += gone;
    renew(until);
    count_letters(until);
}

void postgres_medium::close(const journal_state& state) noexcept
{
    try
    {
        place_.state = state;
        renew(clock::now() + std::chrono::seconds(2));
    }
    catch (const std::exception&)
    {
        // What the database has is older, but right.
    }
    session_.close();
}

} // namespace penstock::host
