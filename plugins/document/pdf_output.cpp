// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "pdf_output.hpp"

#include "../reading/ascii.hpp"

#include <penstock/charset.hpp>

#include <algorithm>

namespace document_package
{

namespace
{

// pdfinfo leaves the minutes of the zone out.
std::string rfc3339(std::string_view date)
{
    std::string text(date);
    if (text.size() > 3 && (text[text.size() - 3] == '+' || text[text.size() - 3] == '-') &&
        text.find('T') != std::string::npos)
        text += ":00";
    return text;
}

} // namespace

pdf_information information_of(std::string_view printed)
{
    pdf_information found;
    while (!printed.empty())
    {
        const std::string_view line = printed.substr(0, printed.find('\n'));
        printed.remove_prefix(std::min(line.size() + 1, printed.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            continue;
        const std::string_view key = line.substr(0, colon);
        const std::string_view value = reading::trimmed(line.substr(colon + 1));
        if (key == "Title")
            found.title = value;
        else if (key == "Author")
            found.author = value;
        else if (key == "CreationDate")
            found.created = rfc3339(value);
        else if (key == "ModDate")
            found.modified = rfc3339(value);
    }
    return found;
}

std::vector<std::string> pages_of(std::string_view printed)
{
    std::vector<std::string> pages;
    while (!printed.empty())
    {
        const std::size_t end = std::min(printed.find('\f'), printed.size());
        pages.emplace_back(reading::trimmed(printed.substr(0, end)));
        printed.remove_prefix(std::min(end + 1, printed.size()));
    }
    return pages;
}

std::string reason_of(const program_result& result)
{
    if (result.errors.find("ncorrect password") != std::string::npos)
        return "is encrypted; a PDF that needs no password was expected";
    // Warnings may come before the error.
    const std::size_t error = std::min(result.errors.find("Error"), result.errors.size());
    const std::size_t before =
        error == result.errors.size() ? std::string::npos : result.errors.rfind('\n', error);
    std::string why = result.errors.substr(before == std::string::npos ? 0 : before + 1);
    why.resize(std::min(why.find('\n'), why.size()));
    std::ranges::replace_if(
        why, [](char c) { return c < ' ' || c > '~'; }, '?');
    if (why.empty())
        why = "exit status " + std::to_string(result.status);
    return "is broken: " + why + "; a whole PDF was expected";
}

} // namespace document_package
