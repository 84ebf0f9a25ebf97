// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/exercise_list.hpp"
#include "tests/packages/inbox_of_syslog.hpp"
#include "tests/packages/sample_packets.hpp"
#include "tests/packages/streams_of_servers.hpp"
#include "tests/packages/telemetry.hpp"
#include "tests/packages/topics_of_kafka.hpp"
#include "tests/plugins/amqp/broker_queue.hpp"
#include "tests/plugins/amqp/broker_server.hpp"
#include "tests/plugins/opensearch/scripted_engine.hpp"
#include "tests/plugins/postgres/database_server.hpp"
#include "tests/plugins/solr/scripted_solr.hpp"

#include <mutex>

namespace penstock::host::tests
{

namespace
{

// The engine that all exercises publish to.
scripted_engine& far_engine()
{
    static scripted_engine far;
    return far;
}

// The Solr that all exercises publish to.
scripted_solr& far_solr()
{
    static scripted_solr far;
    return far;
}

// The target that all exercises scrape; it tells the time of each sample.
const std::string& far_target()
{
    static const scripted_server far(
        [](const received_request&)
        {
            std::string told;
            for (int n = 0; n < 500; ++n)
                told += "hits{n=\"" + std::to_string(n) + "\"} 1 1395066363000\n";
            return scripted_answer{200, told};
        });
    static const std::string url = far.url();
    return url;
}

// The server that all exercises send to. It takes everything, and forgets it when told.
class far_server
{
public:
    [[nodiscard]] std::string url() const { return server_.url(); }

    void clear()
    {
        const std::lock_guard lock(mutex_);
        bodies_.clear();
    }

    [[nodiscard]] std::vector<std::string> bodies() const
    {
        const std::lock_guard lock(mutex_);
        return bodies_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> bodies_;
    scripted_server server_{[this](const received_request& request)
                            {
                                const std::lock_guard lock(mutex_);
                                bodies_.push_back(request.body);
                                return scripted_answer{};
                            }};
};

far_server& far_side()
{
    static far_server far;
    return far;
}

// The database that all exercises write to.
database_server& far_database()
{
    static database_server far;
    return far;
}

void make_table()
{
    far_database().start();
    far_database().ask("DROP TABLE IF EXISTS samples; CREATE TABLE samples (n bigint, text text, "
                       "title text, tags text[], nested jsonb)");
}

// The queue of a broker that all exercises of a program write to, or read.
const std::string& name_of_queue()
{
    static const std::string name = broker_queue::fresh_name();
    return name;
}

broker_queue& far_queue()
{
    static broker_queue far(shared_broker_port(), broker_queue::kind::quorum, {}, name_of_queue());
    return far;
}

void empty_queue()
{
    far_queue().clear();
}

void fill_queue()
{
    empty_queue();
    std::vector<std::string> bodies;
    for (int n = 0; n < 500; ++n)
        bodies.push_back("message " + std::to_string(n));
    far_queue().put_all(bodies);
}

} // namespace

void add_servers(exercise_list& to)
{
    exercise& rows = to.add("postgres/publish",
                            R"({"connection": ")" + far_database().connection() +
                                R"(", "table": "samples", "batch_wait": "5ms"})",
                            document);
    rows.prepare = make_table;
    rows.begin_server = make_table;
    rows.may_wait = true; // for tables and columns that are not there
    rows.published = []
    { return far_database().ask("SELECT row_to_json(samples)::text FROM samples"); };
    exercise& publish = to.add("opensearch/publish",
                               R"({"url": ")" + far_engine().url() +
                                   R"(", "index": "samples", "batch_wait": "5ms"})",
                               document);
    publish.prepare = [] { far_engine().clear(); };
    publish.published = [] { return far_engine().documents(); };
    exercise& solr =
        to.add("solr/publish",
               R"({"url": ")" + far_solr().url() + R"(", "objects": "text", "batch_wait": "5ms"})",
               document);
    solr.prepare = [] { far_solr().clear(); };
    solr.published = [] { return far_solr().documents(); };
    exercise& send_telemetry = to.add("otlp/publish", telemetry::server(), document);
    send_telemetry.prepare = telemetry::empty;
    send_telemetry.published = telemetry::received;
    exercise& take_telemetry = to.add("otlp/source", telemetry::listening(), {});
    take_telemetry.makes = 500;
    take_telemetry.prepare = telemetry::send;
    take_telemetry.may_wait = true; // for ports that are in use
    const std::string broker = R"({"urls": [")" + shared_broker_url() + R"("], "queue": ")" +
                               name_of_queue() + R"(", "connect_timeout": "10s")";
    exercise& send_to_queue = to.add("amqp/publish", broker + "}", document);
    send_to_queue.prepare = empty_queue;
    send_to_queue.begin_server = empty_queue;
    send_to_queue.may_wait = true; // for queues that are not there
    send_to_queue.published = [] { return far_queue().take_bodies(); };
    exercise& read_queue = to.add("amqp/source", broker + R"(, "prefetch": 1000})", {});
    read_queue.makes = 500;
    read_queue.prepare = fill_queue;
    read_queue.may_wait = true;
    exercise& send_to_topic =
        to.add("kafka/publish",
               topics_of_kafka::brokers() + R"(, "confirm_timeout": "60s", "topic": ")" +
                   topics_of_kafka::written() + "\"}",
               document);
    send_to_topic.prepare = topics_of_kafka::note_messages;
    send_to_topic.begin_server = topics_of_kafka::note_messages;
    send_to_topic.may_wait = true; // for topics that are not there
    send_to_topic.published = topics_of_kafka::new_messages;
    // The brokers forget a member that waits longer than its session to be let in: for 3 s.
    exercise& read_topic =
        to.add("kafka/source",
               topics_of_kafka::brokers() + R"(, "group": "samples", "session_timeout": "6s",
                                   "topics": [")" +
                   topics_of_kafka::read() + "\"]}",
               {});
    read_topic.makes = 500;
    read_topic.prepare = [] { topics_of_kafka::fill("samples"); };
    read_topic.may_wait = true;
    for (const streams_of_servers::both_ends& each : streams_of_servers::all())
    {
        exercise& written = to.add(each.publisher, each.publisher_params, document);
        written.prepare = each.empty;
        written.begin_server = each.empty;
        written.may_wait = true; // for what is not there
        written.published = each.written;
        exercise& read_again = to.add(each.source, each.source_params, {});
        read_again.makes = 500;
        read_again.prepare = each.fill;
        read_again.may_wait = true;
    }
    to.add("prometheus/scrape",
           R"({"targets": [")" + far_target() + R"("], "report": false, "interval": "24h"})", {})
        .makes = 500;
    exercise& take =
        to.add("syslog/source", R"({"listen": [")" + inbox_of_syslog::address() + R"("]})", {});
    take.makes = 500;
    take.prepare = inbox_of_syslog::fill;
    take.may_wait = true; // for addresses and files that are not there
    to.add("http/fetch", R"({"url": ")" + far_side().url() + R"(/{{n}}", "into": "told"})",
           document);
    exercise& send = to.add("http/publish",
                            R"({"url": ")" + far_side().url() +
                                R"(/{{n}}", "headers": {"X-Title": "{{title}}"}})",
                            document);
    send.prepare = [] { far_side().clear(); };
    send.published = [] { return far_side().bodies(); };
    to.add("http/reply", "{}", document); // its replies are in the receipts
}

} // namespace penstock::host::tests
