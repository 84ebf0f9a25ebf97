// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "address_database.hpp"

#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace geo_package
{

namespace json = penstock::json;

namespace
{

[[noreturn]] void fail(int status)
{
    throw std::runtime_error(std::string("the database of addresses: ") + MMDB_strerror(status));
}

std::optional<json::value> value_of(const MMDB_entry_data_s& data)
{
    switch (data.type)
    {
    case MMDB_DATA_TYPE_UTF8_STRING:
        return json::value(json::string(data.utf8_string, data.data_size));
    case MMDB_DATA_TYPE_DOUBLE: return data.double_value;
    case MMDB_DATA_TYPE_FLOAT: return static_cast<double>(data.float_value);
    case MMDB_DATA_TYPE_UINT16: return data.uint16;
    case MMDB_DATA_TYPE_UINT32: return data.uint32;
    case MMDB_DATA_TYPE_INT32: return data.int32;
    case MMDB_DATA_TYPE_UINT64: return data.uint64;
    case MMDB_DATA_TYPE_BOOLEAN: return data.boolean;
    default: return std::nullopt;
    }
}

// A socket address of a text, without names and their look-up.
std::optional<sockaddr_storage> socket_address(const std::string& text)
{
    sockaddr_storage made{};
    auto* const four = reinterpret_cast<sockaddr_in*>(&made);
    if (::inet_pton(AF_INET, text.c_str(), &four->sin_addr) == 1)
    {
        made.ss_family = AF_INET;
        return made;
    }
    auto* const six = reinterpret_cast<sockaddr_in6*>(&made);
    if (::inet_pton(AF_INET6, text.c_str(), &six->sin6_addr) == 1)
    {
        if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr)) // ::ffff:203.0.113.1
        {
            sockaddr_storage mapped{};
            std::memcpy(&reinterpret_cast<sockaddr_in*>(&mapped)->sin_addr,
                        &six->sin6_addr.s6_addr[12], sizeof(in_addr));
            mapped.ss_family = AF_INET;
            return mapped;
        }
        made.ss_family = AF_INET6;
        return made;
    }
    return std::nullopt;
}

} // namespace

address_database::address_database(const std::string& file)
{
    if (const int status = MMDB_open(file.c_str(), MMDB_MODE_MMAP, &database_);
        status != MMDB_SUCCESS)
        throw std::runtime_error(file + ": is no database of addresses: " + MMDB_strerror(status) +
                                 "; one of MaxMind's format was expected");
}

address_database::~address_database()
{
    MMDB_close(&database_);
}

bool address_database::is_address(const std::string& text)
{
    return socket_address(text).has_value();
}

std::optional<address_database::record> address_database::find(const std::string& address) const
{
    const std::optional<sockaddr_storage> at = socket_address(address);
    if (!at || (at->ss_family == AF_INET6 && database_.metadata.ip_version == 4))
        return std::nullopt;
    int status = MMDB_SUCCESS;
    const MMDB_lookup_result_s found =
        MMDB_lookup_sockaddr(&database_, reinterpret_cast<const sockaddr*>(&*at), &status);
    if (status != MMDB_SUCCESS)
        fail(status);
    return found.found_entry ? std::optional(record(found.entry)) : std::nullopt;
}

std::optional<json::value> address_database::record::find(const path& at) const
{
    std::vector<const char*> names;
    for (const std::string& each : at)
        names.push_back(each.c_str());
    names.push_back(nullptr);
    MMDB_entry_s entry = entry_;
    MMDB_entry_data_s data{};
    const int status = MMDB_aget_value(&entry, &data, names.data());
    if (status == MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR ||
        status == MMDB_INVALID_LOOKUP_PATH_ERROR)
        return std::nullopt;
    if (status != MMDB_SUCCESS)
        fail(status);
    return data.has_data ? value_of(data) : std::nullopt;
}

} // namespace geo_package
