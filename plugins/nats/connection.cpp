// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "connection.hpp"

#include "../packets/one_line.hpp"

#include <penstock/json_text.hpp>

#include <cstdint>
#include <string_view>

namespace nats_package
{
namespace
{

using options_handle = std::unique_ptr<natsOptions, void (*)(natsOptions*)>;

constexpr const char* trusted_by_system = "/etc/ssl/certs/ca-certificates.crt";

// What the library has said last on this thread, behind its own file and line, may be more than the
// text of a status.
std::string text_of(natsStatus status)
{
    natsStatus of = NATS_OK;
    const char* const last = nats_GetLastError(&of);
    const std::string plain = natsStatus_GetText(status);
    std::string_view more = of == status && last != nullptr ? last : "";
    if (const std::size_t begin = more.find("): "); more.starts_with('(') && begin != more.npos)
        more.remove_prefix(begin + 3);
    return packets::one_line(more.empty() || more == plain ? plain
                                                           : plain + ": " + std::string(more));
}

void secure(natsOptions& options, const connection_settings& with)
{
    require(natsOptions_SetSecure(&options, true));
    require(natsOptions_LoadCATrustedCertificates(
        &options, with.authorities.empty() ? trusted_by_system : with.authorities.c_str()));
    require(natsOptions_SetExpectedHostname(&options, with.to.host.c_str()));
    if (!with.certificate.empty())
        require(natsOptions_LoadCertificatesChain(&options, with.certificate.c_str(),
                                                  with.key.c_str()));
}

options_handle options_of(const connection_settings& with)
{
    natsOptions* made = nullptr;
    require(natsOptions_Create(&made));
    options_handle options(made, natsOptions_Destroy);
    const bool is_of_version_6 = with.to.host.find(':') != std::string::npos;
    const std::string host = is_of_version_6 ? '[' + with.to.host + ']' : with.to.host;
    const std::string url = "nats://" + host + ':' + std::to_string(with.to.port);
    require(natsOptions_SetURL(made, url.c_str()));
    require(natsOptions_SetName(made, "penstock"));
    require(natsOptions_SetTimeout(made, with.connect_time.count()));
    require(natsOptions_SetAllowReconnect(made, false));
    require(natsOptions_SetIgnoreDiscoveredServers(made, true));
    require(natsOptions_SetPingInterval(made, 5000));
    require(natsOptions_SetMaxPingsOut(made, 2));
    require(natsOptions_SetWriteDeadline(made, 5000));
    require(natsOptions_SetFailRequestsOnDisconnect(made, true));
    if (!with.user.empty())
        require(natsOptions_SetUserInfo(made, with.user.c_str(), with.password.c_str()));
    else if (!with.password.empty())
        require(natsOptions_SetToken(made, with.password.c_str()));
    if (with.to.is_secure)
        secure(*made, with);
    return options;
}

natsConnection* connected(const connection_settings& with)
{
    const options_handle options = options_of(with);
    natsConnection* made = nullptr;
    require(natsConnection_Connect(&made, options.get()));
    return made;
}

} // namespace

void require(natsStatus status)
{
    if (status != NATS_OK)
        throw nats_error(text_of(status));
}

void require(natsStatus status, jsErrCode code)
{
    if (status != NATS_OK && code != 0)
        throw nats_error(text_of(status) + " (" + std::to_string(static_cast<int>(code)) + ")");
    require(status);
}

std::string fresh_inbox()
{
    natsInbox* made = nullptr;
    require(natsInbox_Create(&made));
    std::string text = std::string(made) + '.';
    natsInbox_Destroy(made);
    return text;
}

connection::connection(const connection_settings& with)
    : name_(with.to.text()),
      connect_time_(with.connect_time),
      handle_(connected(with), natsConnection_Destroy)
{
}

jetstream_handle connection::jetstream() const
{
    jsOptions options;
    require(jsOptions_Init(&options));
    options.Wait = connect_time_.count();
    jsCtx* made = nullptr;
    require(natsConnection_JetStream(&made, raw(), &options));
    return {made, jsCtx_Destroy};
}

bool connection::has_stream(const std::string& subject) const
{
    const std::string question =
        penstock::write_json(penstock::json::object{{"subject", penstock::json::string(subject)}});
    natsMsg* found = nullptr;
    require(natsConnection_RequestString(&found, raw(), "$JS.API.STREAM.NAMES", question.c_str(),
                                         connect_time_.count()));
    const message_handle answer(found, natsMsg_Destroy);
    const std::string_view text(natsMsg_GetData(found),
                                static_cast<std::size_t>(natsMsg_GetDataLength(found)));
    const penstock::json::value said = penstock::parse_json(text);
    const penstock::json::value* total = said.as_object().if_contains("total");
    if (total == nullptr)
        throw nats_error("JetStream does not say what streams there are");
    return total->to_number<std::uint64_t>() != 0;
}

std::string connection::why_lost() const
{
    if (!natsConnection_IsClosed(raw()))
        return {};
    const char* why = nullptr;
    natsConnection_GetLastError(raw(), &why);
    return why == nullptr || *why == '\0' ? "the connection was lost"
                                          : "the connection was lost: " + packets::one_line(why);
}

} // namespace nats_package
