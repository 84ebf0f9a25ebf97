// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "protobuf_writer.hpp"

#include "values.hpp"
#include "wire.hpp"

#include <bit>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace otlp_package
{
namespace
{

using google::protobuf::io::CodedOutputStream;
using google::protobuf::io::StringOutputStream;

/// One message, in a string of its own.
class writer
{
public:
    std::string whole(const message& as, const json::object& from)
    {
        for (const field& each : as.fields)
            if (const json::value* value = from.if_contains(each.name);
                value != nullptr && is_meant(each, *value))
                write_field(each, *value);
        return take();
    }

private:
    static std::string pair(std::string_view key, const json::value& value)
    {
        writer inner;
        inner.put_bytes(1, key);
        inner.put_bytes(2, any(value));
        return inner.take();
    }

    static std::string any(const json::value& value)
    {
        writer inner;
        switch (value.kind())
        {
        case json::kind::null: break;
        case json::kind::string: inner.put_bytes(1, value.get_string()); break;
        case json::kind::bool_:
            inner.put_tag(2, varint);
            inner.out_.WriteVarint32(value.get_bool() ? 1 : 0);
            break;
        case json::kind::int64:
            inner.put_tag(3, varint);
            inner.out_.WriteVarint64(static_cast<std::uint64_t>(value.get_int64()));
            break;
        case json::kind::uint64:
        case json::kind::double_:
            inner.put_tag(4, eight_bytes);
            inner.out_.WriteLittleEndian64(std::bit_cast<std::uint64_t>(value.to_number<double>()));
            break;
        case json::kind::array: {
            writer list;
            for (const json::value& each : value.get_array())
                list.put_bytes(1, any(each));
            inner.put_bytes(5, list.take());
            break;
        }
        case json::kind::object: {
            writer map;
            for (const auto& each : value.get_object())
                map.put_bytes(1, pair(each.key(), each.value()));
            inner.put_bytes(6, map.take());
            break;
        }
        }
        return inner.take();
    }

    void write_field(const field& as, const json::value& value)
    {
        if (as.kind == kind::attributes)
        {
            if (!value.is_object())
                refuse_value(as, "object");
            for (const auto& each : value.get_object())
                put_bytes(as.number, pair(each.key(), each.value()));
            return;
        }
        if (!as.is_list)
            return write_value(as, value);
        if (!value.is_array())
            refuse_value(as, "list");
        if (as.kind == kind::nested)
        {
            for (const json::value& each : value.get_array())
                write_value(as, each);
            return;
        }
        writer packed;
        for (const json::value& each : value.get_array())
            packed.write_number(as, each);
        put_bytes(as.number, packed.take());
    }

    void write_value(const field& as, const json::value& value)
    {
        switch (as.kind)
        {
        case kind::text: return put_bytes(as.number, require_text(as, value));
        case kind::hex: return put_bytes(as.number, require_hex(as, value));
        case kind::any: return put_bytes(as.number, any(value));
        case kind::nested:
            if (!value.is_object())
                refuse_value(as, "object");
            return put_bytes(as.number, writer().whole(*as.of, value.get_object()));
        case kind::boolean:
        case kind::uint32:
        case kind::sint32:
        case kind::int64:
        case kind::uint64: put_tag(as.number, varint); break;
        case kind::fixed32: put_tag(as.number, four_bytes); break;
        default: put_tag(as.number, eight_bytes);
        }
        write_number(as, value);
    }

    void write_number(const field& as, const json::value& value)
    {
        switch (as.kind)
        {
        case kind::boolean:
            if (!value.is_bool())
                refuse_value(as, "truth value");
            return out_.WriteVarint32(value.get_bool() ? 1 : 0);
        case kind::uint32: return out_.WriteVarint32(require_integer<std::uint32_t>(as, value));
        case kind::sint32: {
            const auto number = require_integer<std::int32_t>(as, value);
            return out_.WriteVarint32(static_cast<std::uint32_t>(number) << 1U ^
                                      (number < 0 ? ~0U : 0U));
        }
        case kind::int64:
            return out_.WriteVarint64(
                static_cast<std::uint64_t>(require_integer<std::int64_t>(as, value)));
        case kind::uint64: return out_.WriteVarint64(require_integer<std::uint64_t>(as, value));
        case kind::fixed32:
            return out_.WriteLittleEndian32(require_integer<std::uint32_t>(as, value));
        case kind::fixed64:
            return out_.WriteLittleEndian64(require_integer<std::uint64_t>(as, value));
        case kind::sfixed64:
        case kind::whole_part:
            return out_.WriteLittleEndian64(
                static_cast<std::uint64_t>(require_integer<std::int64_t>(as, value)));
        case kind::nano_time: return out_.WriteLittleEndian64(require_time(as, value));
        default:
            return out_.WriteLittleEndian64(std::bit_cast<std::uint64_t>(require_real(as, value)));
        }
    }

    void put_tag(std::uint32_t number, wire type) { out_.WriteVarint32(number << 3U | type); }

    void put_bytes(std::uint32_t number, std::string_view bytes)
    {
        put_tag(number, length);
        out_.WriteVarint64(bytes.size());
        out_.WriteRaw(bytes.data(), static_cast<int>(bytes.size()));
    }

    std::string take()
    {
        out_.Trim();
        return std::move(text_);
    }

    std::string text_;
    StringOutputStream stream_{&text_};
    CodedOutputStream out_{&stream_};
};

} // namespace

std::string write_protobuf(const message& as, const json::object& from)
{
    return writer().whole(as, from);
}

} // namespace otlp_package
