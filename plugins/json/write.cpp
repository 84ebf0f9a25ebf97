// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include "../packets/data_alone.hpp"
#include "../writing/document_writer.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace json_package
{
namespace
{

class write final : public writing::document_writer
{
    penstock::parameter<std::string> format{
        *this, "format", "lines",
        "How packets are written: an object a line, all objects of a request in a list, each in a "
        "document of its own, or as a sequence (RFC 7464).",
        penstock::choices{"lines", "array", "document", "sequence"}};

    [[nodiscard]] bool has_one_each() const override { return *format == "document"; }

    void add(std::string& document, const penstock::packet& packet, std::size_t before) override
    {
        if (packets::is_data_alone(packet))
            throw std::invalid_argument(packets::needs_fields);
        if (*format == "array")
            document += before == 0 ? '[' : ',';
        if (*format == "sequence")
            document += '\x1e';
        packet.write_fields(document);
        if (*format == "lines" || *format == "sequence")
            document += '\n';
    }

    void finish(std::string& document) override
    {
        if (*format == "array")
            document += ']';
    }

    void describe(penstock::packet& document) const override
    {
        document.set_meta("mimetype",
                          std::string_view(*format == "lines"      ? "application/x-ndjson"
                                           : *format == "sequence" ? "application/json-seq"
                                                                   : "application/json"));
    }
};

} // namespace

extern constinit const penstock::component_entry write_entry = penstock::component_of<write>(
    "write", penstock::category::op,
    "Writes packets as JSON: an object a line, a list, or a document each.");

} // namespace json_package
