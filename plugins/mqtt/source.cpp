// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker.hpp"
#include "components.hpp"
#include "held_messages.hpp"
#include "received_message.hpp"
#include "session.hpp"

#include "../brokers/fresh_name.hpp"
#include "../brokers/in_flight.hpp"
#include "../packets/fnv1a.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mqtt_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

class read_topics final : public penstock::source
{
public:
    // So long it does not look for messages while others are under way.
    read_topics() : source({.idle = 5ms}) {}
    ~read_topics() override { leave(); }

private:
    broker from{*this};
    penstock::parameter<std::vector<std::string>> topics{
        *this,
        "topics",
        penstock::no_default,
        "The topics to subscribe to, with + for one level and # for all further ones. "
        "$share/GROUP/TOPIC shares the messages of a topic with others of the group.",
        penstock::example{json::array{"orders"}},
        penstock::example{json::array{"sensors/+/temperature", "$share/workers/orders/#"}}};
    penstock::parameter<std::string> client{
        *this, "client", penstock::no_default,
        "The id of this client, which nobody else of the broker has, the same each time: the "
        "broker "
        "keeps messages for it while it is away, as far as its configuration allows.",
        penstock::example{"penstock-1"}};
    penstock::parameter<std::uint32_t> prefetch{
        *this, "prefetch", 200,
        "The most messages that are not acknowledged, and no more than in_flight. They are "
        "acknowledged together, when everything made from all of them has ended. Brokers may give "
        "out less; Mosquitto gives 20 (max_inflight_messages).",
        penstock::range{1, 65'535}};

    penstock::counter messages{*this, "messages", "Messages that were read."};
    penstock::counter unsafe{
        *this, "unacknowledged",
        "Those of quality of service 0, which the broker does not give again."};

    std::unique_ptr<session> session_;
    bool is_subscribed_ = false;
    held_messages held_{brokers::fresh_name()};
    std::vector<received_message> received_; // by the advance at hand

    void check(penstock::problems& found) const override
    {
        from.check(found);
        if (topics->empty())
            found.add(topics, "is empty; the name of a topic was expected");
        for (const std::string& each : *topics)
            if (each.empty() || mosquitto_sub_topic_check(each.c_str()) != MOSQ_ERR_SUCCESS)
                found.add(topics,
                          "has what is no filter of topics; + and # stand for whole levels, "
                          "# at the end");
        if (client->empty())
            found.add(client, "is empty; the id of a client was expected");
    }

    void start() override { from.start(); }

    template <class Work>
    void at_the_broker(const Work& work)
    {
        try
        {
            penstock::blocking(work);
        }
        catch (const mqtt_error& error)
        {
            from.put_back();
            throw penstock::unavailable(session_->name() + ": " + error.what());
        }
    }

    // Signs of life would be written behind the acknowledgements, and those are held back: so there
    // are none, and the system watches the connection.
    void connect() override
    {
        session_.reset();
        received_.clear();
        session_settings how{};
        how.client = *client;
        how.is_kept = true;
        how.keep_alive = 0s;
        how.receive_maximum = most_held();
        session_ = from.connect(
            how, {.message = [this](const mosquitto_message& what, const mosquitto_property* more)
                  { received_.push_back(received(what, more)); },
                  .published = {}});
        held_.reconnect(session_->was_kept());
        is_subscribed_ = false;
        subscribe();
    }

    // What came with the connection is not to be acknowledged by that.
    void subscribe()
    {
        if (is_subscribed_ || !received_.empty() || held_.size() != 0)
            return;
        at_the_broker([&] { session_->subscribe(*topics); });
        is_subscribed_ = true;
    }

    [[nodiscard]] std::size_t most_held() const
    {
        return std::min(*prefetch, brokers::in_flight_of(*this));
    }

    // The library has queued the acknowledgements of all that it has given out.
    void leave()
    {
        if (session_ != nullptr && received_.empty() && (held_.size() == 0 || held_.have_ended()))
            session_->leave();
        session_.reset();
    }

    bool read() override
    {
        constexpr int most_pauses = 3; // until the host is heard again
        for (int i = 0; i < most_pauses; ++i)
        {
            acknowledge_ended();
            subscribe();
            if (held_.size() >= most_held())
                break;
            // What is under way is to be acknowledged at once, and not after a pause.
            at_the_broker([&] { receive(received_.empty() && held_.size() == 0 ? 100ms : 0ms); });
            const bool has_some = !received_.empty();
            for (received_message& each : received_)
                give(std::move(each));
            received_.clear();
            if (has_some || held_.size() != 0)
                break;
        }
        return true;
    }

    void receive(std::chrono::milliseconds time)
    {
        session_->advance(time, false);
        for (std::size_t before = 0;
             before < received_.size() && held_.size() + received_.size() < most_held();)
        {
            before = received_.size();
            session_->advance(0ms, false);
        }
    }

    void give(received_message&& what)
    {
        messages.add();
        if (what.identifier == 0)
            unsafe.add();
        const std::uint64_t content =
            packets::fnv1a(*client + '\0' + what.topic + '\0' + what.body);
        held_messages::arrival came = held_.arrive(what.id, what.identifier, content);
        if (came.is_for_host)
            emit(std::move(came.position), packet_of(std::move(what)));
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        for (const json::value& each : positions)
            held_.end(each);
        acknowledge_ended();
    }

    void acknowledge_ended()
    {
        if (!held_.have_ended())
            return;
        at_the_broker(
            [&]
            {
                while (session_->wants_to_write())
                    session_->write(1s);
            });
        held_.forget();
    }
};

} // namespace

extern constinit const penstock::component_entry source_entry = penstock::component_of<read_topics>(
    "source", penstock::category::adapter,
    "Reads messages of topics from an MQTT broker, at quality of service 1, and acknowledges them "
    "when everything made from them has ended.");

} // namespace mqtt_package
