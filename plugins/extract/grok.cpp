// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/field_names.hpp"
#include "../packets/order_to_delete.hpp"
#include "../packets/text_values.hpp"
#include "components.hpp"
#include "grok_pattern.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace extract_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t longest_file = std::size_t{1} << 20;

std::string read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string text(longest_file + 1, '\0');
    if (in)
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (!in.eof())
        throw std::invalid_argument("\"" + path +
                                    "\" cannot be read, or has more than 1 MiB; a "
                                    "file of definitions was expected");
    return text;
}

class grok final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this, "fields", {"text"}, "The fields to look into; what is no text is skipped."};
    penstock::parameter<std::vector<std::string>> patterns{
        *this, "patterns", penstock::no_default,
        "The patterns, which are tried in order until one matches: %{NAME} stands for a "
        "definition, "
        "%{NAME:field} puts what it matches into a field, in place of what is there, "
        "%{NAME:field:type} as an int, a float, a boolean or a string; the rest is an expression "
        "of PCRE2.",
        penstock::example{json::array{"%{IP:client} %{WORD:method} %{NUMBER:bytes:int}"}}};
    penstock::parameter<json::object> definitions{
        *this,
        "definitions",
        {},
        "Further definitions, a name with an expression each, before the usual ones.",
        penstock::example{json::object{{"ORDER", "[A-Z]{2}-%{INT}"}}}};
    penstock::parameter<std::string> definitions_file{
        *this, "definitions_file", "",
        "A file with further definitions: a name, blanks and an expression a line."};
    penstock::parameter<std::uint32_t> steps{
        *this, "steps", match_limits().steps,
        "How many steps of PCRE2 a pattern may take from one byte of a text on; with more the "
        "packet fails.",
        penstock::range{1, 1e9}};
    penstock::parameter<std::chrono::milliseconds> time{
        *this, "time", match_limits().time,
        "How long a pattern may take for one text, about; with more the packet fails.",
        penstock::range{1, 600'000}};
    penstock::parameter<std::uint32_t> depth{*this, "depth", match_limits().depth,
                                             "How many places that it may go back to a pattern may "
                                             "have noted; with more the packet fails.",
                                             penstock::range{1, 1e9}};
    penstock::parameter<std::string> on_failure{
        *this, "on_failure", "fail",
        "What becomes of a packet that no pattern matches: it fails, or goes on as it is.",
        penstock::choices{"fail", "keep"}};

    void check(penstock::problems& found) const override
    {
        packets::check_names(found, fields);
        if (patterns->empty())
            found.add(patterns, "is empty; a pattern was expected");
        std::optional<grok_definitions> all;
        try
        {
            all = all_definitions();
        }
        catch (const std::invalid_argument& error)
        {
            return found.add(definitions, error.what());
        }
        for (std::size_t n = 0; n < patterns->size(); ++n)
            try
            {
                const grok_pattern compiled(expand_grok((*patterns)[n], *all));
            }
            catch (const std::invalid_argument& error)
            {
                found.add("patterns/" + std::to_string(n), error.what());
            }
    }

    [[nodiscard]] grok_definitions all_definitions() const
    {
        grok_definitions all = usual_grok_definitions();
        if (!definitions_file->empty())
            add_grok_definitions(all, read_file(*definitions_file));
        for (const auto& each : *definitions)
        {
            if (!each.value().is_string())
                throw std::invalid_argument("has \"" + std::string(each.key()) +
                                            "\", which is no text; an expression was expected");
            all.insert_or_assign(std::string(each.key()),
                                 std::string(std::string_view(each.value().get_string())));
        }
        return all;
    }

    void start() override
    {
        limits_.steps = *steps;
        limits_.depth = *depth;
        limits_.time = *time;
        penstock::blocking(
            [this]
            {
                const grok_definitions all = all_definitions();
                for (const std::string& each : *patterns)
                    compiled_.push_back(std::make_unique<grok_pattern>(expand_grok(each, all)));
            });
    }

    void process(penstock::packet& packet) override
    {
        std::vector<std::pair<std::string, json::value>> found;
        const bool is_found = find(packet, found);
        if (!is_found && *on_failure == "fail" && !packets::is_order_to_delete(packet))
            throw penstock::field_error("field \"" + fields->front() +
                                        "\": does not match; a text that one of the patterns "
                                        "matches was expected");
        // A name that several captures have gets what each of them has found.
        for (std::size_t n = 0; n < found.size(); ++n)
        {
            bool is_first = true;
            for (std::size_t before = 0; before < n && is_first; ++before)
                is_first = found[before].first != found[n].first;
            if (is_first)
                packet.set(found[n].first, std::move(found[n].second));
            else
                packet.append(found[n].first, std::move(found[n].second));
        }
    }

    [[nodiscard]] bool find(const penstock::packet& packet,
                            std::vector<std::pair<std::string, json::value>>& found) const
    {
        for (const std::string& field : *fields)
        {
            const bool is_none = packets::visit_texts(
                packet, field,
                [&](std::string_view text)
                { return !packets::work_on(text, [&] { return match(field, text, found); }); });
            if (!is_none)
                return true;
        }
        return false;
    }

    [[nodiscard]] bool match(const std::string& field, std::string_view text,
                             std::vector<std::pair<std::string, json::value>>& found) const
    {
        for (std::size_t n = 0; n < compiled_.size(); ++n)
            try
            {
                if (compiled_[n]->match(text, limits_, found))
                    return true;
            }
            catch (const match_limit_error& error)
            {
                throw penstock::field_error("field \"" + field + "\": takes more than pattern " +
                                            std::to_string(n) + " may (" + error.what() +
                                            "); a shorter text or another pattern was expected");
            }
        return false;
    }

    match_limits limits_;
    std::vector<std::unique_ptr<grok_pattern>> compiled_;
};

} // namespace

extern constinit const penstock::component_entry grok_entry = penstock::component_of<grok>(
    "grok", penstock::category::extractor,
    "Takes parts of texts, as lines of logs, by patterns that are put together from named ones.");

} // namespace extract_package
