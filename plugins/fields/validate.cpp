// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/order_to_delete.hpp"
#include "components.hpp"
#include "schema_check.hpp"
#include "schema_document.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace fields_package
{
namespace
{

namespace json = penstock::json;

// What fits on the stack of a fiber and holds a lane up for about a millisecond; and what fits on
// the stack of a thread.
constexpr schema_limits usual_limits{.depth = 60, .steps = 5'000};
constexpr schema_limits full_limits{.depth = 1000, .steps = 10'000'000};
constexpr std::size_t longest_file = std::size_t{16} << 20;

json::value read_file(const std::string& path)
{
    std::error_code unknown;
    if (std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown))
        throw std::invalid_argument("\"" + path +
                                    "\" is no regular file; a file with a schema was expected");
    std::ifstream in(path, std::ios::binary);
    std::string text;
    for (char c; text.size() <= longest_file && in.get(c);)
        text += c;
    if (!in.eof())
        throw std::invalid_argument("\"" + path +
                                    "\" cannot be read, or has more than 16 MiB; a "
                                    "file with a schema was expected");
    try
    {
        return penstock::parse_json(text);
    }
    catch (const std::exception& error)
    {
        throw std::invalid_argument("\"" + path + "\": " + error.what());
    }
}

class validate final : public penstock::transformer
{
    penstock::parameter<json::object> schema_{
        *this,
        "schema",
        {},
        "The schema that the fields must fit, as JSON Schema draft 7 has it. Its expressions are "
        "those of RE2, format only annotates, and $ref stays within it.",
        penstock::example{json::object{{"required", json::array{"title"}}}}};
    penstock::parameter<std::string> schema_file{*this, "schema_file", "",
                                                 "A file with the schema, instead of schema."};

    void check(penstock::problems& found) const override
    {
        const bool is_in_file = !schema_file->empty();
        if (is_in_file && !schema_->empty())
            return found.add(schema_file, "is given beside schema; one of them was expected");
        if (!is_in_file && schema_->empty())
            return found.add(schema_, "is empty; a schema, or schema_file, was expected");
        try
        {
            (void)read();
        }
        catch (const std::invalid_argument& error)
        {
            if (is_in_file)
                found.add(schema_file, error.what());
            else
                found.add(schema_, error.what());
        }
    }

    [[nodiscard]] std::unique_ptr<schema_document> read() const
    {
        return std::make_unique<schema_document>(schema_file->empty() ? json::value(*schema_)
                                                                      : read_file(*schema_file));
    }

    void start() override
    {
        document_ = penstock::blocking([this] { return read(); });
    }

    void process(penstock::packet& packet) override
    {
        if (packets::is_order_to_delete(packet))
            return;
        const json::value fields(packet.fields());
        if (const auto failure = failure_of(fields))
            throw penstock::field_error((failure->pointer.empty() ? "/" : failure->pointer) + ": " +
                                        (failure->keyword.empty() ? "" : failure->keyword + ": ") +
                                        failure->what);
    }

    [[nodiscard]] std::optional<schema_failure> failure_of(const json::value& fields) const
    {
        try
        {
            return check_schema(document_->root(), fields, usual_limits);
        }
        catch (const schema_limit_error&)
        {
            return penstock::blocking(
                [&] { return check_schema(document_->root(), fields, full_limits); });
        }
    }

    std::unique_ptr<schema_document> document_;
};

} // namespace

extern constinit const penstock::component_entry validate_entry = penstock::component_of<validate>(
    "validate", penstock::category::transformer,
    "Fails packets whose fields do not fit a schema of JSON Schema draft 7.");

} // namespace fields_package
