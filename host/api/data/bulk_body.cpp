// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/bulk_body.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace penstock::host::api
{

namespace
{

constexpr std::size_t longest_bulk_id = 512; // bytes, as there

// What an action may say besides; none of it changes what is done here.
constexpr std::array<std::string_view, 9> ignored{"_type",
                                                  "routing",
                                                  "_routing",
                                                  "pipeline",
                                                  "require_alias",
                                                  "retry_on_conflict",
                                                  "_retry_on_conflict",
                                                  "dynamic_templates",
                                                  "list_executed_pipelines"};

// Conditions, which nobody here could keep.
constexpr std::array<std::string_view, 6> conditions{
    "if_seq_no", "if_primary_term", "version", "_version", "version_type", "_version_type"};

/// Gives the lines of a body, without their ends.
class line_reader
{
public:
    explicit line_reader(std::string_view body) : left_(body)
    {
        constexpr std::string_view mark = "\xef\xbb\xbf";
        if (left_.starts_with(mark))
            left_.remove_prefix(mark.size());
    }

    std::optional<std::string_view> next()
    {
        if (left_.empty())
            return std::nullopt;
        std::string_view line = left_.substr(0, left_.find('\n'));
        left_.remove_prefix(std::min(left_.size(), line.size() + 1));
        ++number_;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        return line;
    }

    /// The number of the last line, from 1.
    [[nodiscard]] std::size_t number() const noexcept { return number_; }

private:
    std::string_view left_;
    std::size_t number_ = 0;
};

bool is_blank(std::string_view line)
{
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

// What is wrong with a source, or nothing.
std::string problem_of_source(const std::optional<std::string_view>& source,
                              const json_options& options)
{
    if (!source || is_blank(*source))
        return "the source is missing; a JSON object was expected";
    try
    {
        check_json(*source, options);
    }
    catch (const json_error& error)
    {
        return "the source is no JSON: column " + std::to_string(error.column()) + ": " +
               error.what();
    }
    if ((*source)[source->find_first_not_of(" \t")] != '{')
        return "the source is no object; a JSON object was expected";
    return {};
}

// The text of a member that is a text or a number; nothing if it is something else.
std::optional<std::string> text_of(const json::value& value)
{
    if (value.is_string())
        return std::string(value.get_string());
    if (value.is_number())
        return write_json(value);
    return std::nullopt;
}

// Reads what is said of an action beside its name; returns what makes the line none.
std::string read_member(bulk_item& item, std::string_view name, const json::value& value)
{
    if (value.is_null()) // as Logstash sends what it has not
        return {};
    if (name == "_index" || name == "_id")
    {
        const auto text = text_of(value);
        if (!text || text->empty())
            return std::string(name) + ": is no text; one was expected";
        (name == "_id" ? item.id : item.index) = *text;
    }
    else if (std::ranges::find(conditions, name) != conditions.end())
    {
        item.wrong = std::string(name) + ": is a condition, and none can be kept here";
    }
    else if (std::ranges::find(ignored, name) == ignored.end())
    {
        return "unknown member \"" + std::string(name) + "\"; _index and _id were expected";
    }
    return {};
}

http::checked<json::object> read_object(std::string_view line)
{
    try
    {
        json::value parsed = parse_json(line, {.depth = 8, .memory = 1 << 20});
        if (parsed.is_object() && parsed.get_object().size() == 1)
            return std::move(parsed.get_object());
    }
    catch (const json_error& error)
    {
        return http::bad_request("no JSON: " + std::string(error.what()));
    }
    return http::bad_request("no action; an object of one member was expected");
}

http::checked<bulk_item> read_action(std::string_view line, std::string_view index)
{
    constexpr std::array<std::string_view, 4> known{"index", "create", "update", "delete"};
    const auto object = read_object(line);
    if (!object)
        return object.error();
    const std::string_view action = object->begin()->key();
    const json::value& about = object->begin()->value();
    if (std::ranges::find(known, action) == known.end())
        return http::bad_request("unknown action \"" + std::string(action) +
                                 "\"; index, create, update or delete was expected");
    if (!about.is_object())
        return http::bad_request("what is said of the action is no object; one was expected");
    bulk_item item{.action = std::string(action), .index = std::string(index), .id = {}};
    for (const auto& [name, value] : about.get_object())
        if (const std::string wrong = read_member(item, name, value); !wrong.empty())
            return http::bad_request(wrong);
    if (item.deletes() && item.id.empty())
        return http::bad_request("_id: is missing; what to delete was expected");
    if (item.action == "update")
        item.wrong = "update is not possible here; index, create or delete was expected";
    else if (item.id.size() > longest_bulk_id)
        item.wrong = "_id: has " + std::to_string(item.id.size()) + " bytes; at most " +
                     std::to_string(longest_bulk_id) + " were expected";
    return item;
}

} // namespace

http::checked<std::vector<bulk_item>> read_bulk(std::string_view body, std::string_view index,
                                                const json_options& sources, std::size_t most)
{
    std::vector<bulk_item> items;
    line_reader lines(body);
    while (const auto line = lines.next())
    {
        if (is_blank(*line))
            continue;
        if (items.size() == most)
            return http::refusal(413, "there are too many items; at most " + std::to_string(most) +
                                          " were expected");
        auto action = read_action(*line, index);
        if (!action)
            return http::bad_request("line " + std::to_string(lines.number()) + ": " +
                                     action.error().why());
        bulk_item& item = items.emplace_back(*std::move(action));
        if (item.deletes())
            continue;
        const auto source = lines.next();
        item.source = source.value_or(std::string_view());
        if (item.wrong.empty())
            item.wrong = problem_of_source(source, sources);
    }
    if (items.empty())
        return http::bad_request("there is no action; at least one was expected");
    return items;
}

} // namespace penstock::host::api
