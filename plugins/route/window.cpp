// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "closed_windows.hpp"
#include "components.hpp"
#include "open_windows.hpp"
#include "value_place.hpp"
#include "wall_clock.hpp"
#include "window_summary.hpp"

#include "../packets/event_time.hpp"
#include "../packets/order_to_delete.hpp"
#include "../packets/place_problem.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace route_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t at_once = 1024; // the state is saved once for as many packets

// Packets are held until the result of their window has gone on with their receipts: those of a
// window that is open come again after a crash, and are counted anew. What is saved is which packets
// have their part in a result that was sent, so that those of them that come again lead to the same.
class window_ final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{
        *this, "out",
        "One packet for each window: the first of it, with its meta; as fields the names of key, "
        "window_start and window_end in RFC 3339, count, and the aggregates; meta id and closed_by "
        "(time, idle or count). One that was closed by idle or count is a part: what comes into "
        "its "
        "window later makes another part, with an id of its own. Orders to delete and packets "
        "without fields and data, as they are."};
    penstock::output late{*this, "late",
                          "Packets that came when their window had been closed by time, as they "
                          "are."};
    penstock::parameter<std::string> kind{
        *this, "kind", "tumbling",
        "tumbling: windows lie side by side and begin at multiples of size since 1970. session: a "
        "window has packets that come within size behind another.",
        penstock::choices{"tumbling", "session"}};
    penstock::parameter<std::chrono::milliseconds> size{
        *this,
        "size",
        penstock::no_default,
        "How long a window is, or how long nothing comes until a session is over.",
        penstock::range{1, 31'536'000'000},
        penstock::example{"1m"}};
    window_summary summary{*this};
    penstock::parameter<std::string> time{
        *this, "time", "",
        "The place of the time of a packet: a text as RFC 3339 has it, or seconds since 1970. If "
        "empty, meta processingtime, and without that, when the packet comes here."};
    penstock::parameter<std::chrono::milliseconds> lateness{
        *this, "lateness", std::chrono::milliseconds(0),
        "How much later a packet may come than one of a later time. A window is closed when a "
        "packet "
        "has come whose time is as much behind its end.",
        penstock::range{0, 31'536'000'000}};
    penstock::parameter<std::chrono::milliseconds> idle{
        *this, "idle", std::chrono::milliseconds(0),
        "How long nothing comes until all windows are closed. If less than size, it is size.",
        penstock::range{0, 31'536'000'000}};
    penstock::parameter<std::chrono::milliseconds> ahead{
        *this, "ahead", std::chrono::hours(24),
        "How much later than now the time of a packet may be, if time names its place: all others "
        "would be late behind it. A packet of a later time fails. 0: any.",
        penstock::range{0, 31'536'000'000}};
    penstock::parameter<std::uint32_t> packets{
        *this, "packets", 100'000,
        "The most packets that are held. At more, windows that end first are closed early, until a "
        "tenth is free.",
        penstock::range{1, 1'000'000}};
    penstock::parameter<std::uint32_t> remembered{
        *this, "remembered", 10'000,
        "Of how many packets of closed windows, beside those that were closed last, is remembered "
        "which window they were in: as many as may be on the way behind this node. They are saved "
        "whenever windows are closed, with the results.",
        penstock::range{0, 1'000'000}};
    penstock::counter late_packets{*this, "late", "Packets that came too late."};
    penstock::counter closed_count{*this, "windows", "Windows that were closed."};
    penstock::state kept{*this, json::object{}};

    void check(penstock::problems& found) const override
    {
        summary.check(found);
        if (const std::string wrong = packets::problem_of_place(*time);
            !time->empty() && !wrong.empty())
            found.add(time, wrong);
    }

    void start() override
    {
        summary.start();
        idle_ = std::max(*idle, *size);
    }

    void run() override
    {
        load();
        // Windows that are open at the end of input end as others do: who stops before has their
        // packets pending, and they come again.
        for (bool is_open = true; is_open || open_.size() > 0;)
        {
            if (is_open)
                is_open = receive();
            else
            {
                penstock::wait_until(idle_until_);
                close(open_.take_all(), "idle");
            }
            send_again();
            close(std::exchange(due_, {}), "time");
        }
    }

    void load()
    {
        open_ = open_windows(*kind == "session", size->count());
        closed_ = closed_windows(*remembered);
        const json::object& state = (*kept).as_object();
        if (const json::value* const told = state.if_contains("watermark"))
            watermark_ = told->as_int64();
        if (const json::value* const told = state.if_contains("closed"))
            closed_.read(told->as_array());
    }

    // Takes what is there; false when the input has closed.
    bool receive()
    {
        if (open_.size() == 0)
        {
            std::optional<penstock::packet> first = in.receive();
            if (!first)
                return false;
            take(std::move(*first));
        }
        else
        {
            penstock::received first = in.receive_until(idle_until_);
            if (first.timed_out())
                close(open_.take_all(), "idle");
            if (!first)
                return !first.closed();
            take(std::move(*first));
        }
        for (std::size_t n = 1; n < at_once; ++n)
        {
            penstock::received next = in.receive_until(penstock::now());
            if (!next)
                return !next.closed();
            take(std::move(*next));
        }
        return true;
    }

    void take(penstock::packet packet)
    {
        idle_until_ = penstock::now() + idle_;
        const bool is_trigger = packet.field_count() == 0 && packet.data().empty();
        if (is_trigger || packets::is_order_to_delete(packet))
            return out.send(std::move(packet));
        if (const window_result* const result = closed_.find(packet.id()))
            return again_[result].push_back(std::move(packet));
        std::string wrong;
        milliseconds_since_1970 when = 0;
        std::string of;
        std::vector<json::array> values;
        try
        {
            when = time_of(packet);
            of = summary.key_of(packet);
            values = summary.values_of(packet);
        }
        catch (const std::invalid_argument& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            return fail(std::move(packet), std::move(wrong));
        if (open_.is_late(of, when, watermark_))
        {
            late_packets.add();
            return late.send(std::move(packet));
        }
        open_.add(of, {when, std::move(packet), std::move(values)});
        newest_ = std::max(newest_, when - lateness->count());
        watermark_ = std::max(watermark_, newest_);
        for (window& each : open_.take_until(watermark_))
            due_.push_back(std::move(each));
        if (open_.size() > *packets)
            close_early();
    }

    [[nodiscard]] milliseconds_since_1970 time_of(const penstock::packet& packet) const
    {
        const json::value* const told =
            time->empty() ? packet.find_meta("processingtime") : value_place(*time).find_in(packet);
        const auto found = told == nullptr ? std::nullopt : ::packets::event_time(*told);
        if (!found && !time->empty())
            throw std::invalid_argument(*time + ": is no time; RFC 3339 or seconds since 1970 were "
                                                "expected");
        if (found && !time->empty() && ahead->count() != 0 &&
            *found > clock_.now() + ahead->count())
            throw std::invalid_argument(*time + ": is " + ::packets::rfc3339(*found) +
                                        "; no time so far ahead of now was expected");
        return found ? *found : clock_.now();
    }

    // Many at once, because each time all that is remembered is saved.
    void close_early()
    {
        close(std::exchange(due_, {}), "time");
        close(open_.take_down_to(*packets - *packets / 10), "count");
    }

    // What is made of windows is saved before it goes on.
    void close(std::vector<window> windows, const char* why)
    {
        if (windows.empty())
            return;
        send_again();
        closed_.make_room();
        std::vector<window_result> results;
        for (window& each : windows)
        {
            std::ranges::stable_sort(each.members, {}, &window_member::time);
            results.push_back(summary.result_of(each, why));
            std::vector<penstock::packet_id> ids;
            for (const window_member& member : each.members)
                ids.push_back(member.packet.id());
            closed_.remember(results.back(), std::move(ids));
        }
        *kept = json::object{{"watermark", watermark_}, {"closed", closed_.state()}};
        kept.save();
        for (std::size_t n = 0; n < windows.size(); ++n)
        {
            std::vector<penstock::packet> members;
            for (window_member& each : windows[n].members)
                members.push_back(std::move(each.packet));
            closed_count.add();
            send(results[n], std::move(members));
        }
    }

    void send_again()
    {
        for (auto& [result, members] : std::exchange(again_, {}))
            send(*result, std::move(members));
    }

    // The result stands for its packets from now on.
    void send(const window_result& result, std::vector<penstock::packet> members)
    {
        penstock::packet whole = std::move(members.front());
        for (std::size_t n = 1; n < members.size(); ++n)
            whole.join(std::move(members[n]));
        whole.set_fields(result.fields);
        whole.clear_data();
        whole.set_meta("id", result.id);
        whole.set_meta("closed_by", result.closed_by);
        out.send(std::move(whole));
    }

    std::chrono::milliseconds idle_{0};
    wall_clock clock_;
    open_windows open_{false, 1};
    closed_windows closed_{0};
    std::vector<window> due_; // whose time has come with the packets at hand
    std::map<const window_result*, std::vector<penstock::packet>> again_;
    milliseconds_since_1970 newest_ = std::numeric_limits<milliseconds_since_1970>::min();
    milliseconds_since_1970 watermark_ = std::numeric_limits<milliseconds_since_1970>::min();
    std::chrono::steady_clock::time_point idle_until_;
};

} // namespace

extern constinit const penstock::component_entry window_entry = penstock::component_of<window_>(
    "window", penstock::category::op,
    "Counts and adds up packets by key and time, a packet for each window.");

} // namespace route_package
