// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/samples.hpp"

#include "tests/packages/sample_packets.hpp"
#include "tests/packages/stage.hpp"
#include "tests/packages/streams_of_servers.hpp"
#include "tests/packages/telemetry.hpp"
#include "tests/packages/topics_of_kafka.hpp"
#include "tests/plugins/amqp/broker_queue.hpp"
#include "tests/plugins/amqp/broker_server.hpp"
#include "tests/plugins/geo/made_database.hpp"
#include "tests/plugins/opensearch/scripted_engine.hpp"
#include "tests/plugins/postgres/database_server.hpp"
#include "tests/plugins/solr/scripted_solr.hpp"
#include "tests/plugins/trained_model.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <stdexcept>

#include <sqlite3.h>

namespace penstock::host::tests
{

namespace
{

json::object object(std::string_view text)
{
    return parse_json(text).as_object();
}

std::vector<std::string> lines_of(const std::string& file)
{
    std::vector<std::string> lines;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

// Ids follow from the receipts, which differ from run to run.
std::vector<std::string> printed()
{
    std::vector<std::string> lines;
    for (const std::string& line : lines_of("stdout"))
    {
        json::object form = object(line);
        form.erase("id");
        lines.push_back(write_json(form));
    }
    return lines;
}

void fill_database()
{
    stage writing(*packages().find("search/index"), exercise_of("search/index"));
    writing.deploy(1);
    for (std::size_t n = 0; n < 10; ++n)
        writing.push(n);
    if (!writing.settle() || writing.bench().graph.stop(std::chrono::seconds(20)) != 0)
        throw std::runtime_error("the database could not be filled");
}

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

// A log whose time of change is the same in each run, for its lines tell it.
void make_log()
{
    {
        std::ofstream log("read.log");
        for (int n = 0; n < 500; ++n)
            log << "line " << n << '\n';
    }
    using std::filesystem::file_time_type;
    std::filesystem::last_write_time("read.log", file_time_type(std::chrono::hours(24 * 365)));
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

std::vector<exercise> make_exercises()
{
    std::vector<exercise> list;
    const auto add = [&](std::string component, std::string_view params,
                         std::function<packet(std::size_t)> sample) -> exercise&
    {
        return list.emplace_back(
            exercise{std::move(component), object(params), std::move(sample), 0, {}, false, {}});
    };

    add("json/read", "{}", json_body);
    add("json/write", R"({"format": "array"})", document);
    add("csv/read", "{}", csv_body);
    add("csv/write", R"({"columns": ["n", "text", "tags", "absent"]})", document);
    add("msgpack/read", "{}", msgpack_body);
    add("feed/read", "{}", feed_body);
    add("solr/read", "{}", solr_body);
    add("xml/read", R"({"record": "row", "xml": "xml"})", xml_body);
    add("xml/map",
        R"({"record": "/rows/row", "fields": {"n": "@n", "all": {"path": "text", "mode": "all"}}})",
        xml_text);
    add("xml/write", "{}", document);
    add("archive/unpack", "{}", tar_body);
    add("document/detect", "{}", text_body);
    add("document/office", R"({"rows": true})", office_body);
    add("document/pdf", "{}", pdf_body);
    add("html/read", "{}", html_body);
    add("mail/read", "{}", mail_body);
    add("text/read", R"({"unit": "line"})", text_body);
    add("text/chunk", R"({"size": 2, "overlap": 1})", document);
    add("text/lines", R"({"field": "text"})", document);
    add("text/grep", R"({"pattern": "[02468]$"})", document);
    add("text/sort", R"({"field": "tags", "order": "descending"})", document);
    add("text/uniq", R"({"field": "tags", "counts": "counts"})", document);
    add("text/cut", R"({"parts": ["2-", "1"], "delimiter": " "})", document);
    add("text/normalize", R"({"form": "nfkc", "case": "fold", "space": "collapse"})", document);
    add("text/redact", R"({"patterns": ["number[0-9]+"]})", letter);
    add("debug/generate", R"({"count": 500, "packet": {"text": "made"}})", {}).makes = 500;

    exercise& read = add("files/read", R"({"paths": ["read.log"], "mode": "lines"})", {});
    read.makes = 500;
    read.prepare = make_log;

    add("extract/address", "{}", letter);
    add("extract/email", "{}", letter);
    add("extract/url", "{}", letter);
    add("extract/keyvalue", R"({"prefix": "told."})", letter);
    add("extract/regex",
        R"json({"pattern": "(?P<key>\\w+)=(?P<value>\\d+)", "matches": "all"})json", letter);
    add("extract/grok", R"({"patterns": ["number=%{INT:number:int} %{WORD:word}"]})", letter);
    add("extract/dictionary", R"({"file": "terms"})", letter).prepare = []
    { std::ofstream("terms") << "ann\nboston\nnumber\n"; };

    add("fields/set", R"({"field": "title", "value": ["x", "y"]})", document);
    add("fields/copy", R"({"from": ["title", "tags"], "to": ["t", "n"], "mode": "append"})",
        document);
    add("fields/rename", R"({"from": ["title", "tags"], "to": ["tags", "title"],
                             "mode": "overwrite"})",
        document);
    add("fields/delete", R"({"fields": ["tags", "absent"]})", document);

    add("fields/map",
        R"json({"fields": {"total": "n * 2", "title": "title:upper()", "tags": "nil"}})json",
        document);

    add("fields/convert", R"({"fields": {"n": "text", "title": "boolean"}, "on_failure": "keep"})",
        document);
    add("fields/case", R"({"fields": ["title", "tags"], "to": "title"})", document);
    add("fields/flatten", "{}", document);
    add("fields/lookup", R"({"file": "table.csv", "key": "tag", "field": "tags"})", document)
        .prepare = [] { std::ofstream("table.csv") << "tag,name\none,First\ntwo,Second\n"; };
    add("fields/validate",
        R"({"schema": {"required": ["title"], "properties": {"n": {"type": "integer"}}}})",
        document);

    add("dates/normalize",
        R"({"fields": ["n", "title"], "formats": ["epoch"], "on_failure": "keep"})", document);

    add("language/detect", R"({"guess": true, "most": 3, "share": "shares"})", document);
    add("geo/ip", R"({"file": "places.mmdb", "field": "title"})", address_of_host).prepare = []
    {
        made_database places;
        places.add("10.0.0.0", 8, {{"country", {{"iso_code", "DE"}}}});
        places.write("places.mmdb");
    };
    add("geo/code", R"({"file": "places.txt", "field": "title"})", document).prepare = []
    {
        std::ofstream("places.txt")
            << "1\ta title\ta title\t\t48.1\t11.5\tP\tPPL\tDE\t\t02\t\t\t\t7"
               "\t\t10\tEurope/Berlin\t2026-01-01\n";
    };

    add("script/lua",
        R"json({"script": "function process(p) if p.tags then p.tags[1] = 'x' end return {p, derive(p, {n = p.n})} end"})json",
        document);

    add("route/drop", R"({"field": "kind", "values": ["unwanted"]})",
        [](std::size_t n) { return partly_marked(n, "kind", "unwanted"); });
    add("route/split", R"({"field": "tags", "copies": ["whole"]})", document);
    add("route/batch", R"({"count": 2})", document);
    add("route/dedup", R"({"key": ["/fields/kind"]})",
        [](std::size_t n) { return partly_marked(n, "kind", "k" + std::to_string(n)); });
    add("route/throttle", R"({"rate": 1000000, "burst": 1000})", document);
    add("route/delay", R"({"time": "1ms"})", document);
    add("route/window",
        R"({"size": "1s", "time": "n", "key": ["title"], "lateness": "1h",
            "aggregates": {"total": {"sum": "n"}, "texts": {"distinct": "text"}}})",
        document);
    add("exec/run", R"({"command": ["cat"]})", document);
    add("debug/fail", R"({"field": "kind", "value": "bad"})",
        [](std::size_t n) { return partly_marked(n, "kind", "bad"); });

    add("route/merge", R"({"key": "/fields/n"})", document);
    add("route/collate", "{}", document);
    add("route/switch",
        R"({"routes": [{"port": "even", "when": "n % 2 == 0"}, {"port": "third", "when": "n % 3 == 0"}],
            "match": "all"})",
        document);
    add("route/sample", R"({"rate": 0.5, "key": "/fields/n", "when": "n % 2 == 0"})", document);

    add("classify/text", R"({"model": "samples.bin"})", document).prepare = []
    { train_model("samples.bin"); };
    add("search/query", R"({"database": "samples", "weights": {"title": 2}, "facets": ["tags"],
                            "filters": {"tags": ["one", "three"]}})",
        question)
        .prepare = fill_database;
    add("search/index", R"({"database": "samples", "window": "5ms", "fields": ["title", "text"],
                            "facets": ["tags", "n"], "language": "english"})",
        document)
        .published = [] { return documents_of("samples"); };

    exercise& write = add("files/write", R"({"path": "written.ndjson"})", document);
    write.published = [] { return lines_of("written.ndjson"); };
    exercise& print = add("debug/print", "{}", document);
    print.published = printed;
    print.prints = true;
    add("debug/null", "{}", document);
    exercise& rows = add("postgres/publish",
                         R"({"connection": ")" + far_database().connection() +
                             R"(", "table": "samples", "batch_wait": "5ms"})",
                         document);
    rows.prepare = make_table;
    rows.begin_server = make_table;
    rows.may_wait = true; // for tables and columns that are not there
    rows.published = []
    { return far_database().ask("SELECT row_to_json(samples)::text FROM samples"); };
    exercise& publish =
        add("opensearch/publish",
            R"({"url": ")" + far_engine().url() + R"(", "index": "samples", "batch_wait": "5ms"})",
            document);
    publish.prepare = [] { far_engine().clear(); };
    publish.published = [] { return far_engine().documents(); };
    exercise& solr =
        add("solr/publish",
            R"({"url": ")" + far_solr().url() + R"(", "objects": "text", "batch_wait": "5ms"})",
            document);
    solr.prepare = [] { far_solr().clear(); };
    solr.published = [] { return far_solr().documents(); };
    exercise& send_telemetry = add("otlp/publish", telemetry::server(), document);
    send_telemetry.prepare = telemetry::empty;
    send_telemetry.published = telemetry::received;
    exercise& take_telemetry = add("otlp/source", telemetry::listening(), {});
    take_telemetry.makes = 500;
    take_telemetry.prepare = telemetry::send;
    take_telemetry.may_wait = true; // for ports that are in use
    const std::string broker = R"({"urls": [")" + shared_broker_url() + R"("], "queue": ")" +
                               name_of_queue() + R"(", "connect_timeout": "10s")";
    exercise& send_to_queue = add("amqp/publish", broker + "}", document);
    send_to_queue.prepare = empty_queue;
    send_to_queue.begin_server = empty_queue;
    send_to_queue.may_wait = true; // for queues that are not there
    send_to_queue.published = [] { return far_queue().take_bodies(); };
    exercise& read_queue = add("amqp/source", broker + R"(, "prefetch": 1000})", {});
    read_queue.makes = 500;
    read_queue.prepare = fill_queue;
    read_queue.may_wait = true;
    exercise& send_to_topic =
        add("kafka/publish",
            topics_of_kafka::brokers() + R"(, "confirm_timeout": "60s", "topic": ")" +
                topics_of_kafka::written() + "\"}",
            document);
    send_to_topic.prepare = topics_of_kafka::note_messages;
    send_to_topic.begin_server = topics_of_kafka::note_messages;
    send_to_topic.may_wait = true; // for topics that are not there
    send_to_topic.published = topics_of_kafka::new_messages;
    // The brokers forget a member that waits longer than its session to be let in: for 3 s.
    exercise& read_topic =
        add("kafka/source",
            topics_of_kafka::brokers() + R"(, "group": "samples", "session_timeout": "6s",
                                   "topics": [")" +
                topics_of_kafka::read() + "\"]}",
            {});
    read_topic.makes = 500;
    read_topic.prepare = [] { topics_of_kafka::fill("samples"); };
    read_topic.may_wait = true;
    for (const streams_of_servers::both_ends& each : streams_of_servers::all())
    {
        exercise& written = add(each.publisher, each.publisher_params, document);
        written.prepare = each.empty;
        written.begin_server = each.empty;
        written.may_wait = true; // for what is not there
        written.published = each.written;
        exercise& read_again = add(each.source, each.source_params, {});
        read_again.makes = 500;
        read_again.prepare = each.fill;
        read_again.may_wait = true;
    }
    add("http/fetch", R"({"url": ")" + far_side().url() + R"(/{{n}}", "into": "told"})", document);
    exercise& send =
        add("http/publish",
            R"({"url": ")" + far_side().url() + R"(/{{n}}", "headers": {"X-Title": "{{title}}"}})",
            document);
    send.prepare = [] { far_side().clear(); };
    send.published = [] { return far_side().bodies(); };
    add("http/reply", "{}", document); // its replies are in the receipts
    return list;
}

} // namespace

const std::vector<exercise>& exercises()
{
    static const std::vector<exercise> list = make_exercises();
    return list;
}

const exercise& exercise_of(std::string_view component)
{
    const auto found = std::ranges::find(exercises(), component, &exercise::component);
    if (found == exercises().end())
        throw std::out_of_range(std::string(component) + ": has no exercise");
    return *found;
}

catalogue& packages()
{
    static catalogue all({package_place{PENSTOCK_PACKAGES, true}});
    return all;
}

std::vector<std::string> documents_of(const std::string& database)
{
    const std::string file = "data/search/" + database + ".sqlite";
    sqlite3* opened = nullptr;
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle(
        sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK
            ? opened
            : (sqlite3_close(opened), nullptr),
        &sqlite3_close);
    std::vector<std::string> documents;
    if (handle == nullptr)
        return documents;
    const auto row = [](void* list, int, char** columns, char**)
    {
        static_cast<std::vector<std::string>*>(list)->push_back(std::string(columns[0]) + " " +
                                                                columns[1]);
        return 0;
    };
    if (sqlite3_exec(handle.get(), "SELECT id, fields FROM documents", row, &documents, nullptr) !=
        SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(handle.get()));
    return documents;
}

} // namespace penstock::host::tests
