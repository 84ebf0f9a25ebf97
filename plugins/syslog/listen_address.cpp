// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "listen_address.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>

namespace syslog_package
{
namespace
{

// A numeric address and port, as a socket takes them; the size is 0 if the host is no address.
void set_address(listen_address& made, const std::string& host, std::uint16_t port)
{
    if (sockaddr_in four{}; ::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1)
    {
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        std::memcpy(&made.address, &four, sizeof four);
        made.size = sizeof four;
    }
    const bool has_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    const std::string inner = has_brackets ? host.substr(1, host.size() - 2) : std::string();
    if (sockaddr_in6 six{}; ::inet_pton(AF_INET6, inner.c_str(), &six.sin6_addr) == 1)
    {
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        std::memcpy(&made.address, &six, sizeof six);
        made.size = sizeof six;
    }
}

} // namespace

const char* name_of(transport kind)
{
    if (kind == transport::udp)
        return "udp";
    return kind == transport::tcp ? "tcp" : "tls";
}

listen_address read_listen_address(std::string_view text)
{
    const auto refuse = [&](const char* why)
    { throw std::invalid_argument('"' + std::string(text) + "\" " + why); };
    listen_address made;
    made.text = text;
    if (text.starts_with("tcp://"))
        made.kind = transport::tcp;
    else if (text.starts_with("tls://"))
        made.kind = transport::tls;
    else if (!text.starts_with("udp://"))
        refuse("is no address; udp://, tcp:// or tls:// was expected");
    const std::string_view rest = text.substr(6);
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string_view::npos)
        refuse("has no port; HOST:PORT was expected");
    const std::string_view digits = rest.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size() || port == 0)
        refuse("has no port; 1 to 65535 was expected");
    set_address(made, std::string(rest.substr(0, colon)), port);
    if (made.size == 0)
        refuse("has no numeric host; as 127.0.0.1 or [::1] was expected");
    return made;
}

std::string text_of(const sockaddr_storage& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* from =
        address.ss_family == AF_INET6
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr)
            : static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
    const char* made = ::inet_ntop(address.ss_family, from, text.data(), text.size());
    return made == nullptr ? std::string() : made;
}

} // namespace syslog_package
