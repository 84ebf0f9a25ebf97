// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/extract/grok_expansion.hpp"
#include "plugins/matching/mail_address.hpp"
#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <hs/hs.h>
#include <pcre2.h>
#include <re2/re2.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

namespace penstock::bench
{
namespace
{

constexpr std::size_t texts_of_a_run = 20'000;

using text_maker = std::string (*)(std::size_t number);

std::vector<packet> texts(text_maker make)
{
    std::vector<packet> made;
    for (std::size_t n = 0; n < texts_of_a_run; ++n)
        made.push_back(packet({{"text", make(n)}}));
    return made;
}

// Gives the text of each packet to a function, and returns of how many it found something.
template <class Function>
std::size_t each_text(const std::vector<packet>& given, Function find)
{
    std::size_t found = 0;
    for (const packet& each : given)
        found += find(*each.find_text("text")) ? 1 : 0;
    return found;
}

std::string log_line(std::size_t n)
{
    return "10.0." + std::to_string(n % 256) + ".7 - user" + std::to_string(n) +
           " [10/Oct/2000:13:55:36 -0700] \"GET /" + words(3, n).substr(0, 12) +
           " HTTP/1.1\" 200 " + std::to_string(n);
}

std::string letter(std::size_t n)
{
    return words(20, n) + " mail user" + std::to_string(n) + "@example.org about " +
           words(10, n + 1);
}

comparison extract_regex()
{
    constexpr const char* pattern =
        R"re((?P<address>\S+) - (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?P<request>[^"]*)" (?P<status>\d+) (?P<size>\d+))re";
    const auto bare = [pattern](const std::vector<packet>& given)
    {
        const RE2 expression(pattern);
        std::vector<std::pair<std::string, int>> names(expression.NamedCapturingGroups().begin(),
                                                       expression.NamedCapturingGroups().end());
        std::array<re2::StringPiece, 7> groups;
        std::vector<json::object> made;
        return each_text(
            given,
            [&](std::string_view text)
            {
                const re2::StringPiece all(text.data(), text.size());
                if (!expression.Match(all, 0, text.size(), RE2::UNANCHORED, groups.data(), 7))
                    return false;
                json::object& fields = made.emplace_back();
                for (const auto& [name, group] : names)
                {
                    const re2::StringPiece& part = groups[static_cast<std::size_t>(group)];
                    fields.emplace(name, std::string_view(part.data(), part.size()));
                }
                return true;
            });
    };
    return {.name = "extract/regex",
            .parameters = {{"pattern", pattern}},
            .packets = [] { return texts(log_line); },
            .bare = bare};
}

comparison extract_grok()
{
    constexpr const char* pattern = "%{COMMONAPACHELOG}";
    const auto bare = [pattern](const std::vector<packet>& given)
    {
        const std::string expression =
            extract_package::expand_grok(pattern, extract_package::usual_grok_definitions())
                .expression;
        int error = 0;
        std::size_t at = 0;
        const std::unique_ptr<pcre2_code, void (*)(pcre2_code*)> code(
            pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                          PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DUPNAMES, &error, &at,
                          nullptr),
            pcre2_code_free);
        const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> data(
            pcre2_match_data_create_from_pattern(code.get(), nullptr), pcre2_match_data_free);
        std::uint32_t names = 0;
        std::uint32_t size = 0;
        PCRE2_SPTR table = nullptr;
        pcre2_pattern_info(code.get(), PCRE2_INFO_NAMECOUNT, &names);
        pcre2_pattern_info(code.get(), PCRE2_INFO_NAMEENTRYSIZE, &size);
        pcre2_pattern_info(code.get(), PCRE2_INFO_NAMETABLE, &table);
        std::vector<json::object> made;
        return each_text(given,
                         [&](std::string_view text)
                         {
                             if (pcre2_match(code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()),
                                             text.size(), 0, 0, data.get(), nullptr) < 0)
                                 return false;
                             const PCRE2_SIZE* const bounds = pcre2_get_ovector_pointer(data.get());
                             json::object& fields = made.emplace_back();
                             for (std::uint32_t n = 0; n < names; ++n)
                             {
                                 const PCRE2_SPTR entry = table + std::size_t{n} * size;
                                 const std::size_t group = std::size_t{entry[0]} << 8 | entry[1];
                                 if (bounds[2 * group] != PCRE2_UNSET)
                                     fields.emplace(
                                         reinterpret_cast<const char*>(entry + 2),
                                         text.substr(bounds[2 * group],
                                                     bounds[2 * group + 1] - bounds[2 * group]));
                             }
                             return true;
                         });
    };
    return {.name = "extract/grok",
            .parameters = {{"patterns", {pattern}}},
            .packets = [] { return texts(log_line); },
            .bare = bare};
}

// extract/keyvalue stands on no library: a loop over words with a sign in them.
comparison extract_keyvalue()
{
    const auto bare = [](const std::vector<packet>& given)
    {
        std::vector<json::object> made;
        return each_text(given,
                         [&](std::string_view text)
                         {
                             json::object& fields = made.emplace_back();
                             for (std::size_t at = 0; at < text.size();)
                             {
                                 const std::size_t sign = text.find('=', at);
                                 if (sign == text.npos)
                                     break;
                                 const std::size_t end =
                                     std::min(text.find(' ', sign), text.size());
                                 fields.emplace(text.substr(at, sign - at),
                                                text.substr(sign + 1, end - sign - 1));
                                 at = end + 1;
                             }
                             return true;
                         });
    };
    return {.name = "extract/keyvalue",
            .packets =
                []
            {
                return texts(
                    [](std::size_t n)
                    {
                        const std::string number = std::to_string(n);
                        return "user=ann" + number + " status=200 size=" + number + " path=/a/b/" +
                               number + " host=web" + std::to_string(n % 16) + " agent=curl";
                    });
            },
            .bare = bare};
}

std::string term(std::size_t n)
{
    return "term" + std::to_string(n) + "s";
}

comparison extract_dictionary()
{
    constexpr std::size_t terms = 10'000;
    {
        std::ofstream file("terms");
        for (std::size_t n = 0; n < terms; ++n)
            file << term(n) << '\n';
    }
    const auto bare = [](const std::vector<packet>& given)
    {
        std::vector<std::string> list;
        std::vector<const char*> starts;
        std::vector<std::size_t> sizes;
        std::vector<unsigned> ids;
        for (std::size_t n = 0; n < terms; ++n)
            list.push_back(term(n));
        for (const std::string& each : list)
        {
            starts.push_back(each.data());
            sizes.push_back(each.size());
            ids.push_back(static_cast<unsigned>(ids.size()));
        }
        const std::vector<unsigned> flags(terms, 0);
        hs_database_t* made = nullptr;
        hs_compile_error_t* error = nullptr;
        if (hs_compile_lit_multi(starts.data(), flags.data(), ids.data(), sizes.data(), terms,
                                 HS_MODE_BLOCK, nullptr, &made, &error) != HS_SUCCESS)
            throw std::runtime_error("vectorscan: no database");
        const std::unique_ptr<hs_database_t, hs_error_t (*)(hs_database_t*)> database(
            made, hs_free_database);
        hs_scratch_t* room = nullptr;
        hs_alloc_scratch(made, &room);
        const std::unique_ptr<hs_scratch_t, hs_error_t (*)(hs_scratch_t*)> scratch(room,
                                                                                   hs_free_scratch);
        return each_text(given,
                         [&](std::string_view text)
                         {
                             json::array found;
                             const auto on_match = [](unsigned id, unsigned long long,
                                                      unsigned long long, unsigned, void* to)
                             {
                                 static_cast<json::array*>(to)->emplace_back(term(id));
                                 return 0;
                             };
                             hs_scan(made, text.data(), static_cast<unsigned>(text.size()), 0, room,
                                     on_match, &found);
                             return true;
                         });
    };
    return {.name = "extract/dictionary",
            .parameters = {{"file", "terms"}, {"ignore_case", false}},
            .packets =
                []
            {
                return texts(
                    [](std::size_t n)
                    { return words(40, n) + " " + term(n % terms) + " " + words(10, n + 1); });
            },
            .bare = bare};
}

comparison text_redact()
{
    const auto bare = [](const std::vector<packet>& given)
    {
        const RE2 expression(matching::mail_address_candidate);
        std::vector<std::string> made;
        return each_text(given,
                         [&](std::string_view text)
                         {
                             std::string& own = made.emplace_back(text);
                             return RE2::GlobalReplace(&own, expression, "***") > 0;
                         });
    };
    return {.name = "text/redact",
            .parameters = {{"fields", {"text"}}, {"kinds", {"email"}}},
            .packets = [] { return texts(letter); },
            .bare = bare};
}

std::string accented(std::size_t n)
{
    std::string made;
    for (const char each : words(40, n))
        (made += each) += each == 'a' ? "\xcc\x88" : ""; // a diaeresis that combines
    return made;
}

comparison text_normalize()
{
    const auto bare = [](const std::vector<packet>& given)
    {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* const form = icu::Normalizer2::getNFCInstance(status);
        std::vector<std::string> made;
        return each_text(given,
                         [&](std::string_view text)
                         {
                             icu::StringByteSink<std::string> sink(&made.emplace_back());
                             form->normalizeUTF8(
                                 0, {text.data(), static_cast<std::int32_t>(text.size())}, sink,
                                 nullptr, status);
                             return U_SUCCESS(status) != 0;
                         });
    };
    return {.name = "text/normalize", .packets = [] { return texts(accented); }, .bare = bare};
}

comparison language_detect()
{
    const std::vector<std::string> files = documentation("copyright", 2 << 20);
    const auto packets = [files]
    {
        std::vector<packet> made;
        for (const std::string& each : files)
            made.push_back(packet({{"text", each.substr(0, 4096)}}));
        return made;
    };
    const auto bare = [](const std::vector<packet>& given)
    {
        return each_text(given,
                         [](std::string_view text)
                         {
                             std::array<CLD2::Language, 3> languages{};
                             std::array<int, 3> shares{};
                             std::array<double, 3> scores{};
                             int size = 0;
                             int valid = 0;
                             bool is_reliable = false;
                             const CLD2::CLDHints none{nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                                                       CLD2::UNKNOWN_LANGUAGE};
                             CLD2::ExtDetectLanguageSummaryCheckUTF8(
                                 text.data(), static_cast<int>(text.size()), true, &none, 0,
                                 languages.data(), shares.data(), scores.data(), nullptr, &size,
                                 &is_reliable, &valid);
                             return true;
                         });
    };
    return {.name = "language/detect", .packets = packets, .bare = bare};
}

} // namespace

void add_findings(std::vector<comparison>& to)
{
    for (auto* each : {extract_regex, extract_grok, extract_keyvalue, extract_dictionary,
                       text_redact, text_normalize, language_detect})
        add(to, each);
}

} // namespace penstock::bench
