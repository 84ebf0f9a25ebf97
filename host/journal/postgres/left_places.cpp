// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/left_places.hpp"

#include "host/journal/postgres/advisory_locks.hpp"
#include "host/journal/postgres/number_parts.hpp"
#include "host/journal/postgres/postgres_reader.hpp"
#include "host/journal/postgres/postgres_schema.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::chrono::seconds time_to_look{10};
constexpr const char* takeover_name = "penstock takeover"; // which who comes back waits for

/// A place that a session holds.
class taken_place final : public left_place
{
public:
    taken_place(const postgres_options& options, postgres_connection session, std::int64_t host,
                std::int64_t term, const numbering& ids)
        : lease_(options.lease),
          session_(std::move(session)),
          host_(host),
          term_(term),
          reader_(options.connection, number_range{host}, ids)
    {
    }

    [[nodiscard]] std::int64_t term() const noexcept override { return term_; }
    [[nodiscard]] std::vector<pending_of_graph> pending() override { return reader_.pending(); }

    // Also keeps the place for longer.
    std::vector<journal_entry> next(std::string_view graph, entry_number after) override
    {
        statement_values place;
        place.add(host_).add(term_).add(std::int64_t{lease_.count()});
        if (session_
                .ask("UPDATE penstock.hosts SET lease_until = "
                     "clock_timestamp() + $3 * interval '1 ms' "
                     "WHERE host = $1 AND incarnation = $2",
                     postgres_connection::clock::now() + time_to_look, std::move(place))
                .changes() == 0)
            throw journal_error(session_.name() + ": the place of host " + std::to_string(host_) +
                                " was taken once more; nobody else was expected to");
        return reader_.next(graph, after, {});
    }

private:
    const std::chrono::milliseconds lease_;
    postgres_connection session_;
    const std::int64_t host_;
    const std::int64_t term_;
    postgres_reader reader_;
};

} // namespace

left_places::left_places(const postgres_options& options, std::int64_t own, const numbering& ids)
    : options_(options), own_(own), ids_(ids), session_(options.connection, takeover_name)
{
}

std::unique_ptr<left_place> left_places::take(const std::vector<std::string>& graphs)
{
    try
    {
        return try_to_take(graphs, clock::now() + time_to_look);
    }
    catch (...)
    {
        // Whoever is silent now may be so for the same reason.
        seen_.clear();
        session_.close();
        throw;
    }
}

std::unique_ptr<left_place> left_places::try_to_take(const std::vector<std::string>& graphs,
                                                     clock::time_point until)
{
    if (!session_.is_open())
        open_durably(session_, until);
    look(until);
    for (auto& [host, seen] : seen_)
    {
        if (clock::now() - seen.since < options_.lease / 2)
            continue;
        const std::vector<pending_of_graph> left =
            postgres_reader(options_.connection, number_range{host}, ids_).pending();
        const bool has_work =
            std::ranges::any_of(left, [&](const pending_of_graph& each)
                                { return std::ranges::find(graphs, each.graph) != graphs.end(); });
        if ((!left.empty() && !has_work) || !claim(host, seen, until))
        {
            seen.since = clock::now();
            continue;
        }
        if (has_work)
            return std::make_unique<taken_place>(
                options_,
                std::exchange(session_, postgres_connection(options_.connection, takeover_name)),
                host, seen.incarnation, ids_);
        clear(host, until);
        release(host, until);
    }
    return nullptr;
}

void left_places::look(clock::time_point until)
{
    static const std::string find_silent =
        "SELECT host, incarnation, commits, lease_until::text FROM penstock.hosts LEFT JOIN " +
        holders_of_places() +
        " holder USING (host) LEFT JOIN pg_stat_activity a USING (pid) "
        "WHERE host <> $1 AND NOT is_clear AND lease_until < clock_timestamp() "
        "AND NOT coalesce(a.state = 'active' AND coalesce(a.wait_event_type, '') <> 'Client', "
        "false)";
    statement_values own;
    own.add(own_);
    const statement_result silent = session_.ask(find_silent.c_str(), until, std::move(own));
    std::map<std::int64_t, sight> now;
    for (int row = 0; row < silent.rows(); ++row)
    {
        sight one{silent.number(row, 1), silent.number(row, 2), std::string(silent.text(row, 3)),
                  clock::now()};
        const auto before = seen_.find(silent.number(row, 0));
        if (before != seen_.end() && before->second.incarnation == one.incarnation &&
            before->second.commits == one.commits && before->second.lease == one.lease)
            one.since = before->second.since;
        now.emplace(silent.number(row, 0), std::move(one));
    }
    seen_ = std::move(now);
}

// A session that holds the place is ended: its process is stopped, or its machine is gone.
bool left_places::claim(std::int64_t host, sight& seen, clock::time_point until)
{
    static const std::string end_silent =
        "SELECT pg_terminate_backend(pid, 1000) FROM penstock.hosts JOIN " + holders_of_places() +
        " holder USING (host) JOIN pg_stat_activity USING (pid) WHERE host = $1 "
        "AND incarnation = $2 AND lease_until < clock_timestamp() AND NOT (application_name = '" +
        std::string(takeover_name) +
        "' AND state_change > clock_timestamp() - interval '1 s')"; // one that takes it right now
    if (!try_to_hold(session_, host, until))
    {
        statement_values which;
        which.add(host).add(seen.incarnation);
        session_.ask(end_silent.c_str(), until, std::move(which));
        if (!try_to_hold(session_, host, until))
            return false;
    }
    statement_values place;
    place.add(host).add(seen.incarnation).add(std::int64_t{options_.lease.count()});
    const statement_result taken =
        session_.ask("UPDATE penstock.hosts SET incarnation = penstock.later(incarnation), "
                     "backend = pg_backend_pid(), "
                     "lease_until = clock_timestamp() + $3 * interval '1 ms' WHERE host = $1 "
                     "AND incarnation = $2 AND lease_until < clock_timestamp() "
                     "RETURNING incarnation",
                     until, std::move(place));
    if (taken.rows() == 0)
    {
        release(host, until);
        return false;
    }
    seen.incarnation = taken.number(0, 0);
    return true;
}

// All that it had accepted is done, so only its receipts are of use.
void left_places::clear(std::int64_t host, clock::time_point until)
{
    number_parts(session_, number_range{host}, until).drop_entries(session_, until);
    statement_values which;
    which.add(host);
    session_.ask("UPDATE penstock.hosts SET is_clear = true WHERE host = $1", until,
                 std::move(which));
}

void left_places::release(std::int64_t host, clock::time_point until)
{
    let_go(session_, host, until);
}

} // namespace penstock::host
