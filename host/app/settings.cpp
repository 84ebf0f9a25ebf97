// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/settings.hpp"

#include "host/app/setting_makers.hpp"
#include "host/base/host_number.hpp"
#include "host/graph/spec.hpp"
#include "host/net/listen_address.hpp"
#include "host/net/origin.hpp"
#include "host/net/peer_address.hpp"

#include <filesystem>
#include <system_error>

namespace penstock::host
{

namespace
{

bool is_journal(std::string_view text)
{
    return text == "sqlite" || text == "memory" || is_in_postgres(text);
}

bool is_listen_address(std::string_view text)
{
    return http::parse_listen_address(text).has_value();
}

bool is_peer(std::string_view text)
{
    return http::parse_peer_address(text).has_value();
}

bool is_default_graph(std::string_view text)
{
    return text.empty() || is_graph_name(text);
}

bool is_page(std::string_view text)
{
    std::error_code error;
    return text.empty() ||
           std::filesystem::is_regular_file(std::filesystem::path(text) / "index.html", error);
}

// clang-format off
#define PENSTOCK_MEMBER(member) [](auto& all) -> auto& { return all.member; }

// clang-format on

std::vector<setting> make_settings()
{
    using namespace setting_makers;
    return {
        text("listen", "where to take requests; port 0 means any free one",
             "an address as in 127.0.0.1:8080 was expected", PENSTOCK_MEMBER(listen),
             is_listen_address),
        list("packages", "a folder with packages, before the user's and those of the program",
             "a folder was expected", PENSTOCK_MEMBER(packages)),
        text("data", "the data directory; default: $XDG_STATE_HOME/penstock",
             "a folder was expected", PENSTOCK_MEMBER(data)),
        count("lanes", "copies of each graph, a thread each; 0 means one per core", 0,
              greatest_lanes, PENSTOCK_MEMBER(lanes)),
        word("ack", "what is promised to requests that do not ask: memory or durable",
             {"memory", "durable"}, PENSTOCK_MEMBER(ack)),
        text("default_graph", "the graph behind /data when no file is named",
             "the name of a graph was expected", PENSTOCK_MEMBER(default_graph), is_default_graph),
        duration("drain", "how long to work off what is pending before the end",
                 PENSTOCK_MEMBER(drain)),
        count("pending_entries", "requests a graph may have accepted and not done", 1, endless,
              PENSTOCK_MEMBER(pending.entries)),
        size("pending_bytes", "bytes of such requests", PENSTOCK_MEMBER(pending.bytes)),
        size("pending_memory", "how much of that is in memory; the rest is in the journal",
             PENSTOCK_MEMBER(pending.memory)),
        size("dead_letter_bytes",
             "bytes of a graph's dead letters, with the requests they refer to, at which it takes "
             "in nothing until some are replayed or dropped",
             PENSTOCK_MEMBER(pending.dead_letters)),
        duration("dead_letter_age", "how old a dead letter may become; 0ms: for ever",
                 PENSTOCK_MEMBER(dead_letter_age)),
        text("journal",
             "where accepted requests wait: sqlite, in the data directory, memory, or a PostgreSQL "
             "database that hosts may share",
             "sqlite, memory or an address as in postgresql://user@host/database was expected",
             PENSTOCK_MEMBER(journal), is_journal),
        size("journal_quota", "how large the journal may grow; data is refused from nine tenths on",
             PENSTOCK_MEMBER(journal_quota)),
        word(
            "journal_compress",
            "whether the journal compresses what it writes, for a disk that is slower than a core: "
            "off or zstd",
            {"off", "zstd"}, PENSTOCK_MEMBER(journal_compress)),
        duration("journal_gather",
                 "the longest that a commit of the journal waits for requests that are on their "
                 "way, and less than a commit takes; 0ms: not at all",
                 PENSTOCK_MEMBER(journal_gather), std::chrono::seconds(1)),
        duration("journal_wait",
                 "how long requests wait for a database that is away until they are refused",
                 PENSTOCK_MEMBER(journal_wait), std::chrono::minutes(10)),
        duration("journal_lease",
                 "how long a host of a shared database may be silent until its place is free for "
                 "others",
                 PENSTOCK_MEMBER(journal_lease), std::chrono::minutes(10),
                 std::chrono::milliseconds(500)),
        count("host_number",
              "the number of this host among others, which no other has; 0: there are none", 0,
              greatest_host_number, PENSTOCK_MEMBER(host_number)),
        list("peers",
             "another host, by its number, which is asked for the receipts of what it accepted: "
             "2=https://host2:8080; the one with the number of this host is passed over",
             "a number and an address as in 2=https://host2:8080 was expected",
             PENSTOCK_MEMBER(peers), is_peer),
        duration("peer_wait", "how long such a question may take in all",
                 PENSTOCK_MEMBER(peer_wait), std::chrono::minutes(1), std::chrono::milliseconds(1)),
        text("peer_ca", "a PEM file with those that vouch for peers; default: the system's",
             "a file was expected", PENSTOCK_MEMBER(peer_ca)),
        text(
            "peer_token",
            "a file with a token of the peers, which others may not read; the scope read is enough",
            "a file was expected", PENSTOCK_MEMBER(peer_token)),
        count("blocking_threads", "threads for components' blocking work", 1, 4096,
              PENSTOCK_MEMBER(blocking_threads)),
        count("http_threads", "threads for connections; 0 means one per core", 0, 256,
              PENSTOCK_MEMBER(http_threads)),
        duration("hang_limit",
                 "how long a component may keep its lane to itself until the worker is ended; "
                 "0ms: for ever",
                 PENSTOCK_MEMBER(hang_limit)),
        duration(
            "standstill_after",
            "how long a graph may have work and move no packet until it says who waits for whom",
            PENSTOCK_MEMBER(standstill_after)),
        size("edge_memory",
             "bytes of a graph's packets between its nodes from which on no edge that is full for "
             "good is made larger: the graph stands still then, and says so",
             PENSTOCK_MEMBER(edge_memory)),
        size("reason_limit",
             "bytes of the reason that a component gives for a failure; a longer one is cut",
             PENSTOCK_MEMBER(reason_limit)),
        word("core_files", "whether a crash may leave a core file, with documents in it: no or yes",
             {"no", "yes"}, PENSTOCK_MEMBER(core_files)),
        text("tls_certificate", "a PEM file with the host's certificate: only TLS is spoken then",
             "a file was expected", PENSTOCK_MEMBER(tls_certificate)),
        text("tls_key", "a PEM file with its key, which others may not read", "a file was expected",
             PENSTOCK_MEMBER(tls_key)),
        text("tls_client_ca",
             "a PEM file with those that vouch for clients, who must show a "
             "certificate then",
             "a file was expected", PENSTOCK_MEMBER(tls_client_ca)),
        list("hosts",
             "a further name by which clients may address this host; *.NAME: all below it; *: any",
             "a name, *.NAME or * was expected", PENSTOCK_MEMBER(hosts), http::is_host_pattern),
        list("origins", "a further origin whose pages may call: https://ops.example.org",
             "an origin as in https://ops.example.org was expected", PENSTOCK_MEMBER(origins),
             http::is_origin),
        size("body_limit", "the longest body", PENSTOCK_MEMBER(limits.body)),
        size("decompressed_limit", "the longest body once decompressed",
             PENSTOCK_MEMBER(limits.decompressed)),
        count("compression_ratio", "the most that a body may have been compressed", 1, endless,
              PENSTOCK_MEMBER(limits.compression_ratio)),
        size("header_limit", "the longest header of a request", PENSTOCK_MEMBER(limits.header)),
        count("header_fields", "the most fields of a header", 1, endless,
              PENSTOCK_MEMBER(limits.header_fields)),
        duration("header_time", "how long a header may take", PENSTOCK_MEMBER(limits.header_time)),
        duration("body_time", "how long a body may take, with a second more per body_rate bytes",
                 PENSTOCK_MEMBER(limits.body_time)),
        size("body_rate", "bytes a second that a body has to come with",
             PENSTOCK_MEMBER(limits.body_rate)),
        size("bodies_limit",
             "bytes of bodies that may be on their way at a time, over all connections; from half "
             "of them on slow ones are refused",
             PENSTOCK_MEMBER(limits.bodies)),
        size("short_body_rate", "bytes a second that a body has to come with then",
             PENSTOCK_MEMBER(limits.short_body_rate)),
        duration("linger_time", "how long a client may go on to send what was refused",
                 PENSTOCK_MEMBER(limits.linger_time)),
        size("discard_limit", "how much of that is read and discarded",
             PENSTOCK_MEMBER(limits.discard)),
        duration("idle_time", "how long a connection may be idle",
                 PENSTOCK_MEMBER(limits.idle_time)),
        count("connections", "the most connections at a time", 1, endless,
              PENSTOCK_MEMBER(limits.connections)),
        count("connections_per_address", "the most of one address; 0 means no limit", 0, endless,
              PENSTOCK_MEMBER(limits.connections_per_address)),
        text("editor_dir", "serve the editor from this folder, for who works on it",
             "a folder with an index.html was expected", PENSTOCK_MEMBER(editor_dir), is_page),
        duration("try_time", "how long a component may run that is tried",
                 PENSTOCK_MEMBER(try_time)),
        size("try_memory", "how much memory such a component may use", PENSTOCK_MEMBER(try_memory)),
        word("try_network", "whether such a component may use TCP: no or yes", {"no", "yes"},
             PENSTOCK_MEMBER(try_network)),
        list("try_readable",
             "a file or folder that such a component may read, besides packages and the system's",
             "a path was expected", PENSTOCK_MEMBER(try_readable)),
        count("drafts", "the most drafts of graphs", 1, endless, PENSTOCK_MEMBER(drafts)),
        size("graph_limit", "the longest graph file that is sent", PENSTOCK_MEMBER(limits.graph)),
        size("draft_limit", "the longest draft of a graph", PENSTOCK_MEMBER(limits.draft)),
        count("revisions", "how many former revisions of each graph are kept", 1, endless,
              PENSTOCK_MEMBER(limits.revisions)),
        size("websocket_message", "the longest message of a client of /api/live",
             PENSTOCK_MEMBER(limits.websocket_message)),
        size("websocket_backlog", "how much may wait to be sent to one client of /api/live",
             PENSTOCK_MEMBER(limits.websocket_backlog)),
        duration("websocket_write_time", "how long such a client may take to read",
                 PENSTOCK_MEMBER(limits.websocket_write_time)),
        count("taps", "the most edges at which one client may look", 1, endless,
              PENSTOCK_MEMBER(limits.taps)),
        count("tap_rate", "the most packets a second that are shown of one edge", 1, 1'000'000,
              PENSTOCK_MEMBER(limits.tap_rate)),
        size("tap_bytes", "how much is shown of one packet", PENSTOCK_MEMBER(limits.tap_bytes)),
        count("taps_on_edge", "the most clients that look at one edge", 1, endless,
              PENSTOCK_MEMBER(limits.taps_on_edge)),
        count("taps_in_all", "the most edges at which all clients look", 1, endless,
              PENSTOCK_MEMBER(limits.taps_in_all)),
        size("tap_bytes_rate", "how much is shown to all of them in a second",
             PENSTOCK_MEMBER(limits.tap_bytes_rate)),
        duration("live_interval", "how often clients of /api/live get counters",
                 PENSTOCK_MEMBER(limits.live_interval)),
        count("json_depth", "how deep JSON may be nested", 1, 1024,
              PENSTOCK_MEMBER(limits.json_depth)),
        size("meta_limit", "how long the meta of all parts of a body may be together",
             PENSTOCK_MEMBER(limits.meta)),
        count("json_members", "the most members of an object of JSON", 1, endless,
              PENSTOCK_MEMBER(limits.json_members)),
    };
}

#undef PENSTOCK_MEMBER

} // namespace

bool is_in_postgres(std::string_view journal) noexcept
{
    return journal.starts_with("postgresql://") || journal.starts_with("postgres://");
}

std::string setting::flag() const
{
    std::string text = "--" + key;
    for (char& c : text)
        if (c == '_')
            c = '-';
    return text;
}

std::string setting::variable() const
{
    std::string text(variable_prefix);
    for (const char c : key)
        text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

const std::vector<setting>& all_settings()
{
    static const std::vector<setting> settings = make_settings();
    return settings;
}

std::optional<problem> assign(settings& all, const setting& one,
                              const std::vector<std::string>& values, const std::string& where,
                              const std::string& pointer)
{
    if (one.clear)
        one.clear(all);
    for (const std::string& value : values)
        if (!one.set(all, value))
            return problem(where, pointer, quote(value) + " does not fit", one.expected);
    return std::nullopt;
}

} // namespace penstock::host
