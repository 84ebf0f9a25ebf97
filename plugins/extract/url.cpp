// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../matching/expression.hpp"
#include "components.hpp"
#include "finder.hpp"
#include "url_end.hpp"

#include <algorithm>
#include <memory>

namespace extract_package
{
namespace
{

// Where a scheme ends, and what a URL may go on with: RFC 3986 and RFC 3987, of white space and the
// signs that stand around URLs neither.
constexpr const char* candidate =
    R"re(([A-Za-z][A-Za-z0-9+.-]*)://([^\s\pZ\pC<>"{}|\\^`«»“”„]+))re";

class url final : public finder
{
public:
    url() : finder("urls") {}

private:
    penstock::parameter<std::vector<std::string>> schemes{
        *this,
        "schemes",
        {"http", "https", "ftp"},
        "The schemes of URLs to find, in small letters."};

    void check(penstock::problems& found) const override
    {
        finder::check(found);
        if (schemes->empty())
            found.add(schemes, "is empty; schemes as https were expected");
    }

    void start() override
    {
        candidate_ = penstock::shared<RE2>(
            "", [] { return std::make_unique<RE2>(candidate, matching::reading_options()); });
    }

    void find(std::string_view text, distinct_texts& found) override
    {
        for (matching::match_iterator each(*candidate_, text); !found.is_full() && each.next();)
        {
            const std::string_view scheme = scheme_in(*each.group(1));
            const std::string_view rest = without_end_of_sentence(*each.group(2));
            if (!scheme.empty() && !rest.empty() && !rest.starts_with('/'))
                found.add(std::string(scheme).append("://").append(rest));
        }
    }

    // Letters may stand before a scheme without a blank between them.
    [[nodiscard]] std::string_view scheme_in(std::string_view text) const
    {
        std::string_view longest;
        for (const std::string& each : *schemes)
        {
            if (each.size() > text.size() || each.size() <= longest.size())
                continue;
            const std::string_view end = text.substr(text.size() - each.size());
            if (std::ranges::equal(end, each, {}, lower))
                longest = end;
        }
        return longest;
    }

    static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

    std::shared_ptr<RE2> candidate_;
};

} // namespace

extern constinit const penstock::component_entry url_entry =
    penstock::component_of<url>("url", penstock::category::extractor, "Finds URLs in texts.");

} // namespace extract_package
