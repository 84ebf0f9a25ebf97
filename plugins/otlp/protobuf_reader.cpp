// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "protobuf_reader.hpp"

#include "nano_time.hpp"
#include "texts.hpp"
#include "wire.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include <google/protobuf/io/coded_stream.h>

namespace otlp_package
{
namespace
{

using google::protobuf::io::CodedInputStream;

json::value real_value(double number)
{
    if (std::isnan(number))
        return "NaN";
    if (std::isinf(number))
        return number < 0 ? "-Infinity" : "Infinity";
    return number;
}

class reader
{
public:
    explicit reader(std::string_view bytes)
        : in_(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()))
    {
    }

    json::object whole(const message& as)
    {
        json::object made;
        while (const std::uint32_t tag = next_tag())
            read_into(made, as, tag);
        return made;
    }

private:
    [[noreturn]] void refuse(const std::string& what) const
    {
        throw std::invalid_argument("byte " + std::to_string(in_.CurrentPosition()) + ": " + what);
    }

    void require(bool is_good) const
    {
        if (!is_good)
            refuse("the value is cut, or broken; a message of protobuf was expected");
    }

    // The tag of the next field; 0 at the end of the message.
    std::uint32_t next_tag()
    {
        const std::uint32_t tag = in_.ReadTag();
        require(tag != 0 || in_.ConsumedEntireMessage());
        return tag;
    }

    std::uint64_t read_varint()
    {
        std::uint64_t value = 0;
        require(in_.ReadVarint64(&value));
        return value;
    }

    std::uint64_t read_eight()
    {
        std::uint64_t value = 0;
        require(in_.ReadLittleEndian64(&value));
        return value;
    }

    std::uint32_t read_four()
    {
        std::uint32_t value = 0;
        require(in_.ReadLittleEndian32(&value));
        return value;
    }

    int read_length()
    {
        const std::uint64_t size = read_varint();
        require(size <= static_cast<std::uint64_t>(in_.BytesUntilLimit() >= 0
                                                       ? in_.BytesUntilLimit()
                                                       : std::numeric_limits<int>::max()));
        return static_cast<int>(size);
    }

    std::string read_bytes()
    {
        std::string text;
        require(in_.ReadString(&text, read_length()));
        return text;
    }

    // Reads a value that has a length, by `read` until it ends.
    template <class Read>
    void inside(const Read& read)
    {
        if (++depth_ > deepest)
            refuse("values are nested too deep; " + std::to_string(deepest) + " levels are read");
        const CodedInputStream::Limit before = in_.PushLimit(read_length());
        read();
        require(in_.BytesUntilLimit() == 0);
        in_.PopLimit(before);
        --depth_;
    }

    void skip(std::uint32_t tag)
    {
        switch (tag & 7U)
        {
        case varint: (void)read_varint(); break;
        case eight_bytes: (void)read_eight(); break;
        case length: require(in_.Skip(read_length())); break;
        case four_bytes: (void)read_four(); break;
        default: refuse("has a group, or no type; a message of protobuf 3 was expected");
        }
    }

    void read_into(json::object& to, const message& as, std::uint32_t tag)
    {
        for (const field& each : as.fields)
            if (each.number == tag >> 3U)
                return read_field(to, each, tag);
        skip(tag);
    }

    static std::uint32_t wire_of(kind of)
    {
        switch (of)
        {
        case kind::boolean:
        case kind::uint32:
        case kind::sint32:
        case kind::int64:
        case kind::uint64: return varint;
        case kind::fixed32: return four_bytes;
        case kind::fixed64:
        case kind::sfixed64:
        case kind::real:
        case kind::whole_part:
        case kind::real_part:
        case kind::nano_time: return eight_bytes;
        default: return length;
        }
    }

    void read_field(json::object& to, const field& as, std::uint32_t tag)
    {
        const std::uint32_t type = tag & 7U;
        const bool is_packed = as.is_list && type == length && wire_of(as.kind) != length;
        if (type != wire_of(as.kind) && !is_packed)
            refuse(std::string(as.json) + " is of another type");
        if (as.kind == kind::attributes)
            return inside(
                [&]
                {
                    json::value& all = to[as.name];
                    if (!all.is_object())
                        all.emplace_object();
                    read_pair(all.get_object());
                });
        if (!as.is_list)
        {
            json::value made = read_value(as);
            to[as.name] = std::move(made);
            return;
        }
        json::value& all = to[as.name];
        if (!all.is_array())
            all.emplace_array();
        json::array& list = all.get_array();
        if (!is_packed)
            return list.push_back(read_value(as));
        inside(
            [&]
            {
                while (in_.BytesUntilLimit() > 0)
                    list.push_back(read_value(as));
            });
    }

    json::value read_value(const field& as)
    {
        switch (as.kind)
        {
        case kind::text: return json::value(valid_text(read_bytes()));
        case kind::hex: return json::value(hex_of(read_bytes()));
        case kind::boolean: return read_varint() != 0;
        case kind::uint32: return integer(static_cast<std::uint32_t>(read_varint()));
        case kind::sint32: {
            const auto value = static_cast<std::uint32_t>(read_varint());
            return static_cast<std::int32_t>((value >> 1U) ^ (~(value & 1U) + 1U));
        }
        case kind::fixed32: return read_four();
        case kind::int64: return static_cast<std::int64_t>(read_varint());
        case kind::uint64: return integer(read_varint());
        case kind::fixed64: return integer(read_eight());
        case kind::sfixed64:
        case kind::whole_part: return static_cast<std::int64_t>(read_eight());
        case kind::real:
        case kind::real_part: return real_value(std::bit_cast<double>(read_eight()));
        case kind::nano_time: return json::value(rfc3339(read_eight()));
        case kind::any: {
            json::value made;
            inside([&] { made = read_any(); });
            return made;
        }
        default: {
            json::object made;
            inside([&] { made = whole(*as.of); });
            return made;
        }
        }
    }

    // One form for each number, so that both encodings give the same.
    static json::value integer(std::uint64_t number)
    {
        if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return static_cast<std::int64_t>(number);
        return number;
    }

    void read_pair(json::object& to)
    {
        std::string key;
        json::value value;
        while (const std::uint32_t tag = next_tag())
        {
            if (tag == (1U << 3U | length))
                key = valid_text(read_bytes());
            else if (tag == (2U << 3U | length))
                inside([&] { value = read_any(); });
            else
                skip(tag);
        }
        if (to.size() >= most_attributes && !to.contains(key))
            refuse("has more than " + std::to_string(most_attributes) + " attributes");
        to[key] = std::move(value);
    }

    json::value read_any()
    {
        json::value made;
        while (const std::uint32_t tag = next_tag())
        {
            switch (tag)
            {
            case 1U << 3U | length: made = json::value(valid_text(read_bytes())); break;
            case 2U << 3U | varint: made = read_varint() != 0; break;
            case 3U << 3U | varint: made = static_cast<std::int64_t>(read_varint()); break;
            case 4U << 3U | eight_bytes:
                made = real_value(std::bit_cast<double>(read_eight()));
                break;
            case 5U << 3U | length: inside([&] { made = read_list(); }); break;
            case 6U << 3U | length: inside([&] { made = read_map(); }); break;
            case 7U << 3U | length: made = json::value(base64_of(read_bytes())); break;
            default: skip(tag);
            }
        }
        return made;
    }

    json::array read_list()
    {
        json::array made;
        while (const std::uint32_t tag = next_tag())
        {
            if (tag == (1U << 3U | length))
                inside([&] { made.push_back(read_any()); });
            else
                skip(tag);
        }
        return made;
    }

    json::object read_map()
    {
        json::object made;
        while (const std::uint32_t tag = next_tag())
        {
            if (tag == (1U << 3U | length))
                inside([&] { read_pair(made); });
            else
                skip(tag);
        }
        return made;
    }

    CodedInputStream in_;
    std::size_t depth_ = 0;
};

} // namespace

json::object read_protobuf(const message& as, std::string_view bytes)
{
    return reader(bytes).whole(as);
}

} // namespace otlp_package
