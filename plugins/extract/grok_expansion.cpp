// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "grok_expansion.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace extract_package
{

namespace
{

constexpr std::size_t longest_expression = std::size_t{256} << 10;
constexpr std::size_t deepest = 64; // definitions within each other

capture_type type_of(std::string_view name)
{
    if (name.empty() || name == "string")
        return capture_type::text;
    if (name == "int" || name == "long" || name == "integer")
        return capture_type::integer;
    if (name == "float" || name == "double" || name == "number")
        return capture_type::number;
    if (name == "boolean" || name == "bool")
        return capture_type::boolean;
    throw std::invalid_argument("has the type \"" + std::string(name) +
                                "\"; int, float, boolean or string was expected");
}

class expander
{
public:
    explicit expander(const grok_definitions& definitions) : definitions_(definitions) {}

    void expand(std::string_view pattern)
    {
        while (!pattern.empty())
        {
            const std::size_t begin = std::min(pattern.find("%{"), pattern.size());
            append(pattern.substr(0, begin));
            pattern.remove_prefix(begin);
            if (pattern.empty())
                return;
            const std::size_t end = pattern.find('}');
            if (end == std::string_view::npos)
                throw std::invalid_argument("has a %{ that nothing ends; a } was expected");
            replace(pattern.substr(2, end - 2));
            pattern.remove_prefix(end + 1);
        }
    }

    [[nodiscard]] grok_expansion take() { return std::move(made_); }

private:
    void append(std::string_view text)
    {
        made_.expression += text;
        if (made_.expression.size() > longest_expression)
            throw std::invalid_argument("has more than 256 KiB with its definitions; a shorter "
                                        "expression was expected");
    }

    // NAME, NAME:field or NAME:field:type.
    void replace(std::string_view reference)
    {
        const std::size_t first = std::min(reference.find(':'), reference.size());
        const std::string_view name = reference.substr(0, first);
        std::string_view field = reference.substr(std::min(first + 1, reference.size()));
        std::string_view type;
        if (const std::size_t second = field.find(':'); second != std::string_view::npos)
        {
            type = field.substr(second + 1);
            field = field.substr(0, second);
        }
        const auto found = definitions_.find(name);
        if (found == definitions_.end())
            throw std::invalid_argument("has %{" + std::string(name) +
                                        "}; a name that is defined was expected");
        if (within_.size() == deepest || std::ranges::find(within_, name) != within_.end())
            throw std::invalid_argument("has %{" + std::string(name) +
                                        "} within itself or too deep; a definition by others was "
                                        "expected");
        if (field.empty() && first != reference.size())
            throw std::invalid_argument("has %{" + std::string(reference) +
                                        "}; the name of a field was expected");
        within_.push_back(name);
        if (field.empty())
        {
            append("(?:");
        }
        else
        {
            std::string group = "penstock_" + std::to_string(made_.captures.size());
            append("(?<" + group + ">");
            made_.captures.push_back({std::move(group), std::string(field), type_of(type)});
        }
        expand(found->second);
        append(")");
        within_.pop_back();
    }

    const grok_definitions& definitions_;
    std::vector<std::string_view> within_; // names that are being replaced
    grok_expansion made_;
};

} // namespace

grok_expansion expand_grok(std::string_view pattern, const grok_definitions& definitions)
{
    expander made(definitions);
    made.expand(pattern);
    return made.take();
}

} // namespace extract_package
