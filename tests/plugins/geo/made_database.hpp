// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>

/// A database of addresses as MaxMind's format 2.0 has it
/// (https://maxmind.github.io/MaxMind-DB/): a tree of networks of IPv6, with those of IPv4 under
/// ::/96, records of 24 bits, and the data of each network.
class made_database
{
public:
    /// Adds a network, `10.0.0.0` and 8 or `2001:db8::` and 32, and its record.
    void add(const char* network, unsigned bits, const penstock::json::object& record)
    {
        std::array<unsigned char, 16> address{};
        if (::inet_pton(AF_INET, network, address.data() + 12) == 1)
            bits += 96;
        else
            ::inet_pton(AF_INET6, network, address.data());
        std::size_t node = 0;
        for (unsigned n = 0; n + 1 < bits; ++n)
        {
            const bool right = bit(address, n);
            if (nodes_[node][right].kind != branch::node)
            {
                nodes_[node][right] = {branch::node, nodes_.size()};
                nodes_.emplace_back();
            }
            node = nodes_[node][right].to;
        }
        nodes_[node][bit(address, bits - 1)] = {branch::data, data_.size()};
        append(penstock::json::value(record), data_);
    }

    /// Writes the file.
    void write(const std::string& path) const
    {
        std::string file;
        for (const auto& node : nodes_)
            for (const branch& each : node)
            {
                const std::size_t record = each.kind == branch::node ? each.to
                                           : each.kind == branch::data
                                               ? nodes_.size() + 16 + each.to
                                               : nodes_.size();
                for (const unsigned shift : {16U, 8U, 0U})
                    file += static_cast<char>(record >> shift);
            }
        file.append(16, '\0').append(data_).append("\xab\xcd\xefMaxMind.com");
        control(map_type, 9, file);
        append_member("node_count", uint32_type, nodes_.size(), file);
        append_member("record_size", uint16_type, 24, file);
        append_member("ip_version", uint16_type, 6, file);
        append_member("binary_format_major_version", uint16_type, 2, file);
        append_member("binary_format_minor_version", uint16_type, 0, file);
        append_member("build_epoch", uint64_type, 1'800'000'000, file);
        const penstock::json::object others{{"database_type", "Test"},
                                            {"languages", penstock::json::array{"en"}},
                                            {"description", {{"en", "x"}}}};
        for (const auto& each : others)
        {
            append(penstock::json::string(each.key()), file);
            append(each.value(), file);
        }
        std::ofstream(path, std::ios::binary) << file;
    }

private:
    enum
    {
        text_type = 2,
        double_type = 3,
        uint16_type = 5,
        uint32_type = 6,
        map_type = 7,
        uint64_type = 9,
        list_type = 11,
        boolean_type = 14
    };

    struct branch
    {
        enum
        {
            nothing,
            node,
            data
        } kind = nothing;
        std::size_t to = 0;
    };

    static bool bit(const std::array<unsigned char, 16>& address, unsigned n)
    {
        return (address[n / 8] >> (7 - n % 8) & 1) != 0;
    }

    static void control(unsigned type, std::size_t size, std::string& to)
    {
        const bool is_extended = type > 7;
        const std::size_t first = size < 29 ? size : 29; // then one further byte has the rest
        to += static_cast<char>((is_extended ? 0 : type) << 5 | first);
        if (is_extended)
            to += static_cast<char>(type - 7);
        if (size >= 29)
            to += static_cast<char>(size - 29);
    }

    static void append_member(std::string_view name, unsigned type, std::uint64_t number,
                              std::string& to)
    {
        append(penstock::json::string(name), to);
        append_number(type, number, to);
    }

    static void append_number(unsigned type, std::uint64_t number, std::string& to)
    {
        std::string bytes;
        for (; number > 0; number >>= 8)
            bytes.insert(bytes.begin(), static_cast<char>(number));
        control(type, bytes.size(), to);
        to += bytes;
    }

    // Whole numbers are unsigned, of 32 bits or of 64.
    static void append(const penstock::json::value& value, std::string& to)
    {
        if (value.is_string())
        {
            control(text_type, value.get_string().size(), to);
            to += std::string_view(value.get_string());
        }
        else if (value.is_double())
        {
            control(double_type, 8, to);
            const auto bits = std::bit_cast<std::uint64_t>(value.get_double());
            for (unsigned shift = 64; shift > 0; shift -= 8)
                to += static_cast<char>(bits >> (shift - 8));
        }
        else if (value.is_bool())
            control(boolean_type, value.get_bool() ? 1 : 0, to);
        else if (value.is_object())
        {
            control(map_type, value.get_object().size(), to);
            for (const auto& each : value.get_object())
            {
                append(penstock::json::string(each.key()), to);
                append(each.value(), to);
            }
        }
        else if (value.is_array())
        {
            control(list_type, value.get_array().size(), to);
            for (const auto& each : value.get_array())
                append(each, to);
        }
        else
        {
            const auto number = value.to_number<std::uint64_t>();
            append_number(number >> 32 == 0 ? uint32_type : uint64_type, number, to);
        }
    }

    std::vector<std::array<branch, 2>> nodes_{1};
    std::string data_;
};
