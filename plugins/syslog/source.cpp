// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "inbox.hpp"
#include "message.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syslog_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

void set_unless_empty(penstock::packet& in, std::string_view field, const std::string& text)
{
    if (!text.empty())
        in.set(field, text);
}

penstock::packet packet_of(const received_message& from, transport kind, bool is_local)
{
    message told = read_message(from.text, {from.received, is_local});
    penstock::packet made;
    made.set("facility", facility_name(told.facility));
    made.set("facility_code", json::value(told.facility));
    made.set("severity", severity_name(told.severity));
    made.set("severity_code", json::value(told.severity));
    set_unless_empty(made, "timestamp", told.timestamp);
    set_unless_empty(made, "host", told.host);
    set_unless_empty(made, "app", told.app);
    set_unless_empty(made, "procid", told.procid);
    set_unless_empty(made, "msgid", told.msgid);
    if (!told.structured_data.empty())
        made.set("structured_data", json::value(std::move(told.structured_data)));
    made.set("message", told.text);
    made.set_meta("syslog_format", std::string_view(told.format));
    made.set_meta("syslog_transport", std::string_view(name_of(kind)));
    made.set_meta("syslog_peer", from.peer);
    if (from.is_cut)
        made.set_meta("syslog_cut", json::value(true));
    return made;
}

// Where messages are kept that are left at a stop; empty in a test run without a folder.
std::string data_directory_or_none()
{
    try
    {
        return penstock::data_directory() + "/syslog";
    }
    catch (const std::runtime_error&)
    {
        return {};
    }
}

class receive_messages final : public penstock::source
{
public:
    receive_messages() : source({.idle = 1ms}) {}
    ~receive_messages() override { say_what_was_lost(); }

private:
    penstock::parameter<std::vector<std::string>> listen{
        *this, "listen", penstock::no_default,
        "Where to listen: udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT, with a numeric "
        "HOST. Whoever can connect can send: 127.0.0.1 is this machine alone.",
        penstock::example{json::array{"udp://127.0.0.1:5514", "tcp://127.0.0.1:5514"}}};
    penstock::parameter<std::string> zone{
        *this, "zone", "utc",
        "The zone of times that name none, as those of RFC 3164: utc, or the local one of this "
        "machine.",
        penstock::choices{"utc", "local"}};
    penstock::parameter<penstock::byte_count> message_bytes{
        *this, "message_bytes", penstock::byte_count{64 << 10},
        "The most bytes of a message. Of a longer one the first bytes are kept, and meta "
        "syslog_cut "
        "is true.",
        penstock::range{480, 16 << 20}};
    penstock::parameter<std::uint32_t> connections{
        *this, "connections", 1000,
        "The most connections at once, by TCP and TLS together; more are closed.",
        penstock::range{1, 100'000}};
    penstock::parameter<penstock::byte_count> udp_buffer{
        *this, "udp_buffer", penstock::byte_count{4 << 20},
        "How many bytes of datagrams the kernel is asked to keep while the graph takes none; "
        "without CAP_NET_ADMIN no more than net.core.rmem_max. What is more is lost, and counted.",
        penstock::range{4096, 1 << 30}};
    penstock::parameter<std::string> certificate_file{
        *this, "certificate_file", "",
        "A PEM file of the certificate to show, with its chain; for tls."};
    penstock::parameter<std::string> key_file{*this, "key_file", "",
                                              "A PEM file of the key of certificate_file."};
    penstock::parameter<std::string> client_ca_file{
        *this, "client_ca_file", "",
        "A PEM file of those who sign the certificates of clients: then each must show one. If "
        "empty, clients need none."};

    penstock::counter messages{
        *this, "messages",
        "Messages that were received; those too that the version before has left."};
    penstock::counter kept{*this, "kept_messages",
                           "Those of them that a stop had left, in a file."};
    penstock::counter cut{*this, "cut_messages", "Messages of which the end is missing."};
    penstock::counter lost{
        *this, "lost_datagrams",
        "Datagrams that the kernel has thrown away, because the graph took none."};
    penstock::counter accepted{*this, "accepted_connections", "Connections that were accepted."};
    penstock::counter refused{
        *this, "refused_connections",
        "Connections that were closed because there were too many, or because "
        "they were no TLS, or without a certificate that is trusted."};
    penstock::gauge open{*this, "open_connections", "Connections that are open."};

    std::shared_ptr<inbox> inbox_;
    receiver::counts seen_;
    std::uint64_t lost_and_not_said_ = 0;
    std::chrono::steady_clock::time_point next_word_;

    void check(penstock::problems& found) const override
    {
        bool has_tls = false;
        if (listen->empty())
            found.add(listen, "is empty; an address to listen at was expected");
        for (const std::string& each : *listen)
        {
            try
            {
                const listen_address where = read_listen_address(each);
                has_tls = has_tls || where.kind == transport::tls;
            }
            catch (const std::invalid_argument& error)
            {
                found.add(listen, std::string("has ") + error.what());
            }
            if (std::ranges::count(*listen, each) > 1)
                found.add(listen, "has an address twice; each once was expected");
        }
        if (has_tls && (certificate_file->empty() || key_file->empty()))
            found.add(certificate_file, "or key_file is empty; both were expected for tls");
        if (!has_tls &&
            !(certificate_file->empty() && key_file->empty() && client_ca_file->empty()))
            found.add(listen,
                      "has no address of tls, and certificates are named; one was expected");
    }

    // The inbox stays for the next version of the graph, if it listens in the same way: so a
    // deployment cuts no connection, and what is not acknowledged is there.
    void start() override
    {
        const tls_files files{*certificate_file, *key_file, *client_ca_file};
        if (!files.certificate.empty())
            (void)tls_server(files); // which refuses files that cannot be used
        const std::string folder = data_directory_or_none();
        std::string key = folder + '\n';
        receiver_settings settings{.addresses = {},
                                   .message_bytes = static_cast<std::size_t>(*message_bytes),
                                   .connections = *connections,
                                   .udp_buffer = static_cast<std::size_t>(*udp_buffer),
                                   .tls = files};
        for (const std::string& each : *listen)
        {
            penstock::exclusive("syslog:" + each);
            settings.addresses.push_back(read_listen_address(each));
            key += each + '\n';
        }
        for (const std::string& each :
             {files.certificate, files.key, files.clients, std::to_string(settings.message_bytes),
              std::to_string(settings.connections), std::to_string(settings.udp_buffer)})
            key += each + '\n';
        inbox_ = penstock::shared<inbox>(
            key, [&] { return std::make_unique<inbox>(std::move(settings), folder); });
    }

    void connect() override
    {
        penstock::blocking([&] { inbox_->open(); });
        seen_ = inbox_->sockets().counted();
    }

    bool read() override
    {
        constexpr std::size_t most_messages = 256;
        const std::vector<const kept_message*> found =
            penstock::blocking([&] { return inbox_->take(most_messages, 100ms); });
        const std::vector<listen_address>& addresses = inbox_->sockets().settings().addresses;
        for (const kept_message* each : found)
        {
            const received_message& content = each->content;
            messages.add();
            if (inbox_->was_kept(*each))
                kept.add();
            if (content.is_cut)
                cut.add();
            emit(json::array{each->position.begun, each->position.number},
                 packet_of(content, addresses[content.listener].kind, *zone == "local"));
        }
        tell();
        return true;
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        const json::array& last = positions.back().as_array();
        inbox_->acknowledged({last.at(0).as_int64(), last.at(1).as_int64()});
    }

    void tell()
    {
        const receiver::counts& now = inbox_->sockets().counted();
        lost.add(now.lost - seen_.lost);
        accepted.add(now.connections - seen_.connections);
        refused.add(now.refused - seen_.refused);
        open.set(static_cast<double>(inbox_->sockets().connections()));
        lost_and_not_said_ += now.lost - seen_.lost;
        seen_ = now;
        const auto time = std::chrono::steady_clock::now();
        if (lost_and_not_said_ == 0 || time < next_word_)
            return;
        say_what_was_lost();
        next_word_ = time + 10s;
    }

    void say_what_was_lost()
    {
        if (lost_and_not_said_ == 0)
            return;
        penstock::log(penstock::severity::warning,
                      std::to_string(lost_and_not_said_) +
                          " datagrams were lost: the kernel's buffer was full while the graph took "
                          "none; a larger udp_buffer, or tcp, was expected");
        lost_and_not_said_ = 0;
    }
};

} // namespace

extern constinit const penstock::component_entry source_entry = penstock::component_of<
    receive_messages>(
    "source", penstock::category::adapter,
    "Receives messages of syslog (RFC 5424 and 3164) by UDP, TCP and TLS, a packet each. Syslog "
    "has no acknowledgement: what is under way when the host is killed is lost. At a stop, what is "
    "not processed is kept for the next start.");

} // namespace syslog_package
