// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/testing/run.hpp>

#include "feed.hpp"

#include <penstock/detail/let_go.hpp>
#include <penstock/detail/packet_access.hpp>
#include <penstock/nearest.hpp>
#include <penstock/unavailable.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <deque>
#include <exception>
#include <memory>
#include <stdexcept>
#include <utility>

namespace penstock::testing
{

namespace
{

using detail::arrival;
using detail::packet_access;
using detail::port_access;
using clock = std::chrono::steady_clock;

constinit thread_local data_directory* present = nullptr;

/// Makes a runtime the current one as long as it lives.
class scoped_current
{
public:
    explicit scoped_current(detail::runtime* runtime) noexcept : before_(detail::current())
    {
        detail::set_current(runtime);
    }

    ~scoped_current() { detail::set_current(before_); }

    scoped_current(const scoped_current&) = delete;
    scoped_current& operator=(const scoped_current&) = delete;

private:
    detail::runtime* before_;
};

/// Stands for the receipt of all packets of one run, so that each of their ends is heard of.
class run_origin final : public detail::origin
{
public:
    void count(detail::end) noexcept override {}
    void bury(const json::object&) override {}
    void abandon() noexcept override {}
    void reply(const packet&) override {}
    void receipts(void (*)(void*, std::string_view), void*) const override {}

    // All packets of a run have one key.
    void keys(void (*visit)(void*, std::string_view), void* context) const override
    {
        visit(context, {});
    }

private:
    void closed() noexcept override { delete this; }
};

/// Carries one lane of a component over its packets, on the caller's thread.
class list_runtime final : public detail::runtime
{
public:
    /// Makes configured instances; without one the component is never replaced.
    list_runtime(maker make, component* lasting, timed_inputs&& packets, const conditions& how,
                 result& into)
        : make_(std::move(make)), lasting_(lasting), how_(how), result_(into)
    {
        if (lasting_ == nullptr)
            owned_ = make_();
        for (input* port : members().inputs)
        {
            const auto given = packets.find(port->name());
            const bool is_given = given != packets.end();
            wired_.push_back(is_given || port->is() == required);
            std::vector<timed> list = is_given ? std::move(given->second) : std::vector<timed>();
            for (timed& each : list)
                packet_access::attach(each.content, *share_.receipts);
            feeds_.emplace_back(std::move(list), begin_, how.attempts);
            names_of_inputs_.push_back(port->name());
        }
        refuse_unknown(packets);
        slots_.resize(members().outputs.size());
        connect();
    }

    ~list_runtime() override
    {
        if (lasting_ != nullptr || owned_ != nullptr)
            detail::component_access::disconnect(instance());
    }

    void start()
    {
        const scoped_current current(this);
        instance().start();
    }

    /// An instance that belongs to the run is destroyed, and what it holds then ends too.
    void run()
    {
        const scoped_current current(this);
        detail::component_access::load_state(instance(), *this);
        work();
        settle();
        end_instance(true);
        settle();
        result_.elapsed = std::max<std::chrono::nanoseconds>(result_.elapsed, now_ - begin_);
    }

    arrival refill(input& port, const detail::wait& wait) override
    {
        close_span();
        settle();
        const arrival came = feeds_[port.index()].next(port, wait, now_, received_);
        if (came == arrival::packets)
        {
            open_ = &port;
            span_begin_ = port_access::next(port);
        }
        return came;
    }

    void make_room(output& port) override
    {
        collect(port);
        give_slots(port);
    }

    void consumed(const packet& /*packet*/) noexcept override {}

    [[nodiscard]] std::uint32_t received() const noexcept override
    {
        return open_ == nullptr ? received_
                                : received_ + static_cast<std::uint32_t>(port_access::next(*open_) -
                                                                         span_begin_);
    }

    void hand_back(packet&& packet) noexcept override
    {
        let_go_.push_back({std::move(packet), received(), destroying_});
    }

    void hand_back_outside(packet&& packet) noexcept override
    {
        outside_.push_back(std::move(packet));
    }

    void deliver(packet&& packet) override { result_.delivered.push_back(bare(packet)); }

    void drop(packet&& packet) override { result_.dropped.push_back(bare(packet)); }

    void fail(packet&& packet, std::string reason) override
    {
        result_.failed.emplace_back(bare(packet), std::move(reason));
    }

    void retry(packet&& packet, std::string reason) override
    {
        if (!feeds_.empty() && feeds_[packet_access::port(packet)].try_again(packet))
            return;
        fail(std::move(packet), std::move(reason));
    }

    void threw(std::string reason) override
    {
        if (!settle_after_throw(reason))
            log(severity::warning, "threw when all it had received had ended: " + reason);
    }

    void away(std::string why, std::chrono::milliseconds retry_after) override
    {
        throw unavailable(why, retry_after); // nothing waits here
    }

    [[nodiscard]] bool is_away() const noexcept override { return false; }

    void reply(const packet& packet) override
    {
        (void)write_json(to_json(packet)); // throws, as in a graph, for what JSON cannot hold
        auto copy = packet_access::share(packet);
        result_.replies.push_back(bare(copy));
    }

    bool admit(output& port, packet& what, const json::value& position,
               std::uint64_t number) override
    {
        packet_access::set_id(what, packet_access::position_id({}, name, write_json(position)));
        result_.sent[port.name()].push_back(std::move(what));
        ended_.push_back(number);
        idle_waits_ = 0;
        return true;
    }

    // A source that finds nothing is drained the second time.
    bool await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait) override
    {
        constexpr unsigned most_idle_waits = 2;
        const bool is_idle = ended_.empty() && wait.until > std::chrono::steady_clock::now();
        ended.insert(ended.end(), ended_.begin(), ended_.end());
        ended_.clear();
        idle_waits_ += is_idle ? 1 : 0;
        return idle_waits_ < most_idle_waits;
    }

    void acknowledged(const std::vector<json::value>& positions) override
    {
        result_.acknowledged.insert(result_.acknowledged.end(), positions.begin(), positions.end());
    }

    std::optional<json::value> load_state(std::string_view /*key*/) override
    {
        return present == nullptr ? std::nullopt : present->state;
    }

    void save_state(std::string_view /*key*/, const json::value& value) override
    {
        result_.state = value;
        if (present != nullptr)
            present->state = value;
    }

    [[nodiscard]] std::string data_directory() const override
    {
        return present == nullptr ? std::string() : present->path;
    }

    void blocking(detail::callable work) override
    {
        struct heard
        {
            list_runtime& of;
            ~heard() { of.fail_outside(); }
        };
        const heard at_the_end{*this};
        detail::call_outside(*this, work);
    }

    void wait_until(clock::time_point when) override { now_ = std::max(now_, when); }

    [[nodiscard]] clock::time_point now() const noexcept override { return now_; }

    void acquire(std::string_view /*resource*/) override {}

    void log(severity /*level*/, std::string_view text) noexcept override
    {
        result_.log.emplace_back(text);
    }

private:
    struct share
    {
        run_origin* const receipts = new run_origin;
        share() { receipts->retain(); }
        share(const share&) = delete;
        share& operator=(const share&) = delete;
        ~share() { receipts->release(); }
    };

    [[nodiscard]] component& instance() noexcept { return lasting_ ? *lasting_ : *owned_; }

    [[nodiscard]] detail::component_members& members() noexcept
    {
        return detail::component_access::members(instance());
    }

    void connect()
    {
        const std::vector<input*>& inputs = members().inputs;
        for (std::size_t i = 0; i < inputs.size(); ++i)
            port_access::set_wired(*inputs[i], wired_[i]);
        detail::component_access::connect(instance(), *this);
        for (output* port : members().outputs)
        {
            result_.sent[port->name()];
            give_slots(*port);
        }
    }

    void work()
    {
        for (;;)
        {
            std::string reason;
            try
            {
                instance().run();
                if (!how_.recovers || is_exhausted())
                    return;
                reason = "returned while an input was open";
            }
            catch (const unavailable&)
            {
                throw; // nothing waits here
            }
            catch (const std::exception& error)
            {
                reason = error.what();
                if (!how_.recovers || !may_recover())
                    throw;
            }
            recover(reason);
        }
    }

    [[nodiscard]] bool is_exhausted() const noexcept
    {
        return std::ranges::all_of(feeds_, &feed::is_empty);
    }

    // Counts throws between which no packet was received.
    [[nodiscard]] bool may_recover() noexcept
    {
        constexpr std::size_t most_throws = 5;
        throws_ = std::exchange(last_throw_, received()) == received() ? throws_ + 1 : 1;
        return throws_ < most_throws;
    }

    // What the instance held is received again, but for the packet that is to blame.
    void recover(const std::string& reason)
    {
        end_instance(false);
        (void)settle_after_throw(reason);
        ++result_.restarts;
        owned_ = make_();
        connect();
        instance().start();
        detail::component_access::load_state(instance(), *this);
    }

    // As in a lane, one input at a time has a span: so the last that was taken is known.
    void close_span()
    {
        if (open_ == nullptr)
            return;
        received_ = received();
        feeds_[open_->index()].release(*open_);
        open_ = nullptr;
    }

    void end_instance(bool is_last)
    {
        close_span();
        for (output* port : members().outputs)
            collect(*port);
        keep_metrics(is_last);
        destroying_ = true;
        owned_.reset();
        destroying_ = false;
    }

    void keep_metrics(bool is_last)
    {
        for (const metric* each : members().metrics)
        {
            const detail::metric_cell* cells = detail::metric_access::cells(*each);
            double& kept = result_.metrics[each->name()];
            if (each->kind() == metric_kind::gauge)
                kept += is_last ? std::bit_cast<double>(cells[0].load()) : 0;
            else
                for (std::size_t i = 0; i <= each->bounds().size(); ++i)
                    kept += static_cast<double>(cells[i].load());
        }
    }

    void refuse_unknown(const timed_inputs& packets) const
    {
        for (const auto& [name, list] : packets)
        {
            const auto end = names_of_inputs_.end();
            if (!list.empty() && std::find(names_of_inputs_.begin(), end, name) == end)
                throw std::invalid_argument("unknown input \"" + name + "\"; " +
                                            expected_name(name, names_of_inputs_));
        }
    }

    // Takes the receipt off a packet that is shown to the test.
    static packet bare(packet& ended)
    {
        if (detail::origin* const receipts = packet_access::detach(ended))
            receipts->release();
        packet_access::set_tries(ended, 0);
        return std::move(ended);
    }

    void settle()
    {
        for (detail::let_go& each : std::exchange(let_go_, {}))
            end(each.content, detail::fate_of(each.content), {});
    }

    // Tells whether the exception ended a packet, or will.
    bool settle_after_throw(const std::string& reason)
    {
        std::vector<detail::let_go> packets = std::exchange(let_go_, {});
        std::ranges::stable_sort(packets, {},
                                 [](const detail::let_go& each)
                                 { return packet_access::receive(each.content); });
        const std::vector<detail::fate> fates = detail::fates_of(
            packets, received(), how_.attempts > 1 ? detail::blame::each : detail::blame::last);
        bool any = false;
        for (std::size_t i = 0; i < packets.size(); ++i)
        {
            any = any || fates[i] == detail::fate::blamed || fates[i] == detail::fate::orphaned;
            if (fates[i] != detail::fate::returned)
                end(packets[i].content, fates[i], reason);
        }
        for (std::size_t i = packets.size(); i-- > 0;) // the first comes first again
            if (fates[i] == detail::fate::returned)
                feeds_[packet_access::port(packets[i].content)].put_back(
                    std::move(packets[i].content));
        return any;
    }

    void end(packet& content, detail::fate how, const std::string& reason)
    {
        switch (how)
        {
        case detail::fate::consumed: (void)bare(content); break;
        case detail::fate::unsaid: fail(std::move(content), detail::unsaid_reason(name)); break;
        case detail::fate::blamed: retry(std::move(content), reason); break;
        case detail::fate::orphaned: fail(std::move(content), reason); break;
        case detail::fate::returned: break; // see settle_after_throw()
        }
    }

    void fail_outside()
    {
        for (packet& each : std::exchange(outside_, {}))
        {
            fail(std::move(each), detail::outside_reason(name));
        }
    }

    static constexpr std::string_view name = "it";
    static constexpr std::size_t slots_of_a_port = 64;

    void give_slots(output& port)
    {
        std::vector<packet>& slots = slots_[port.index()];
        while (slots.size() < slots_of_a_port)
            slots.push_back(packet_access::none());
        port_access::set_span(port, slots.data(), slots.data() + slots.size());
    }

    void collect(output& port)
    {
        std::vector<packet>& slots = slots_[port.index()];
        std::vector<packet>& sent = result_.sent[port.name()];
        for (packet* slot = slots.data(); slot != port_access::next(port); ++slot)
            sent.push_back(bare(*slot));
        port_access::set_span(port, nullptr, nullptr);
    }

    const maker make_;
    component* const lasting_; // one that outlives the run, or null
    const conditions& how_;
    result& result_;
    const share share_;
    const clock::time_point begin_ = clock::now();
    clock::time_point now_ = begin_;
    std::unique_ptr<component> owned_;
    std::vector<detail::let_go> let_go_;
    std::vector<packet> outside_;
    std::vector<std::uint64_t> ended_; // of a source
    unsigned idle_waits_ = 0;
    bool destroying_ = false;
    std::size_t throws_ = 0;
    std::uint32_t last_throw_ = 0; // received by then
    std::vector<std::string> names_of_inputs_;
    std::vector<bool> wired_;
    std::deque<feed> feeds_;
    input* open_ = nullptr; // the input that has a span
    const packet* span_begin_ = nullptr;
    std::uint32_t received_ = 0; // before that span
    std::vector<std::vector<packet>> slots_;
};

// Assigns the parameters; throws with one line for each that is wrong.
void configure_all(component& component, const json::object& parameters)
{
    std::string wrong;
    for (const parameter_problem& each : configure(component, parameters))
    {
        if (!wrong.empty())
            wrong += '\n';
        wrong += (each.name.empty() ? "" : each.name + ": ") + each.message + "; " + each.expected;
    }
    if (!wrong.empty())
        throw parameter_error(wrong);
}

maker configured(const maker& make, const json::object& parameters)
{
    return [make, parameters]
    {
        std::unique_ptr<component> made = make();
        configure_all(*made, parameters);
        return made;
    };
}

timed_inputs at_once(inputs&& packets)
{
    timed_inputs made;
    for (auto& [name, list] : packets)
        for (std::vector<timed>& to = made[name]; packet & each : list)
            to.push_back({std::chrono::nanoseconds(0), std::move(each)});
    return made;
}

timed_inputs copies(const timed_inputs& packets)
{
    timed_inputs made;
    for (const auto& [name, list] : packets)
        for (std::vector<timed>& to = made[name]; const timed& each : list)
            to.push_back({each.at, packet_access::share(each.content)});
    return made;
}

// Deals the packets to so many lanes; each lane has each input.
std::vector<timed_inputs> dealt(timed_inputs&& packets, std::size_t lanes)
{
    std::vector<timed_inputs> made(lanes);
    for (auto& [name, list] : packets)
    {
        for (timed_inputs& each : made)
            each[name];
        for (std::size_t i = 0; i < list.size(); ++i)
            made[i % lanes][name].push_back(std::move(list[i]));
    }
    return made;
}

result run_lanes(const maker& make, timed_inputs packets, const conditions& how)
{
    result came;
    std::vector<std::unique_ptr<list_runtime>> lanes;
    for (timed_inputs& each : dealt(std::move(packets), how.lanes))
        lanes.push_back(std::make_unique<list_runtime>(make, nullptr, std::move(each), how, came));
    for (const auto& each : lanes)
        each->start();
    for (const auto& each : lanes)
        each->run();
    return came;
}

} // namespace

data_directory::data_directory(std::string given)
    : path(std::move(given)), before_(std::exchange(present, this))
{
}

data_directory::~data_directory()
{
    present = before_;
}

result run(const maker& make, const json::object& parameters, timed_inputs packets,
           const conditions& how)
{
    if (how.lanes == 0 || how.attempts == 0)
        throw std::invalid_argument(
            "conditions: have no lane or no attempt; 1 or more was expected");
    const maker ready = configured(make, parameters);
    for (std::size_t i = 0; i < how.replays; ++i)
        (void)run_lanes(ready, copies(packets), how);
    return run_lanes(ready, std::move(packets), how);
}

result run(const maker& make, const json::object& parameters, inputs packets, const conditions& how)
{
    return run(make, parameters, at_once(std::move(packets)), how);
}

result run(std::unique_ptr<component> component, const json::object& parameters, inputs packets)
{
    configure_all(*component, parameters);
    return run_configured(std::move(component), std::move(packets));
}

result run_configured(std::unique_ptr<component> component, inputs packets)
{
    return run_lanes([&component] { return std::move(component); }, at_once(std::move(packets)),
                     {});
}

result run(component& component, const json::object& parameters, inputs packets)
{
    configure_all(component, parameters);
    result came;
    const conditions usual;
    list_runtime runtime({}, &component, at_once(std::move(packets)), usual, came);
    runtime.start();
    runtime.run();
    return came;
}

} // namespace penstock::testing
