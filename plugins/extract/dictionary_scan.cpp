// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "dictionary_scan.hpp"

#include "../letters/case_map.hpp"
#include "../letters/fold.hpp"

#include <cstdint>
#include <exception>
#include <fstream>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace extract_package
{

namespace
{

constexpr std::size_t most_terms = 1'000'000;
constexpr std::size_t most_bytes = std::size_t{256} << 20;

[[noreturn]] void fail(int status)
{
    throw std::runtime_error("vectorscan: error " + std::to_string(status) +
                             "; a scan was expected");
}

std::string_view without_space(std::string_view line)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t begin = line.find_first_not_of(space);
    if (begin == std::string_view::npos)
        return {};
    return line.substr(begin, line.find_last_not_of(space) + 1 - begin);
}

} // namespace

dictionary::dictionary(const std::string& path, const dictionary_options& options)
    : options_(options)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error(path + ": cannot be read; a file of terms was expected");
    letters::case_map folding("");
    std::unordered_map<std::string, std::size_t> known;
    std::vector<std::string> wanted;
    std::size_t bytes = 0;
    for (std::string line; std::getline(in, line);)
    {
        if (wanted.empty() && line.starts_with("\xef\xbb\xbf"))
            line.erase(0, 3);
        const std::string_view text = without_space(line);
        bytes += line.size();
        if (wanted.size() >= most_terms || bytes > most_bytes)
            throw std::runtime_error(path + ": has too many terms; at most 1,000,000 of 256 MiB "
                                            "were expected");
        std::string folded = options.ignore_case ? folding.convert(text, letters::letter_case::fold)
                                                 : std::string(text);
        if (folded.empty() || !known.emplace(folded, wanted.size()).second)
            continue;
        terms_.push_back({std::string(text), folded.size(), letters::is_word_at(folded, 0),
                          letters::is_word_before(folded, folded.size())});
        wanted.push_back(std::move(folded));
    }
    if (!in.eof())
        throw std::runtime_error(path + ": cannot be read; a file of terms was expected");
    if (terms_.empty())
        throw std::runtime_error(path + ": has no term; one a line was expected");
    try
    {
        compile(wanted);
    }
    catch (const std::runtime_error& error)
    {
        throw std::runtime_error(path + ": " + error.what());
    }
}

void dictionary::compile(const std::vector<std::string>& wanted)
{
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& each : wanted)
    {
        texts.push_back(each.data());
        sizes.push_back(each.size());
    }
    std::vector<unsigned> ids(wanted.size());
    std::iota(ids.begin(), ids.end(), 0U);
    const std::vector<unsigned> flags(wanted.size(), 0);
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(),
                             static_cast<unsigned>(wanted.size()), HS_MODE_BLOCK, nullptr,
                             &database, &error) != HS_SUCCESS)
    {
        const std::string why = error == nullptr ? "no reason" : error->message;
        const std::string where =
            error != nullptr && error->expression >= 0
                ? "term \"" + terms_[static_cast<std::size_t>(error->expression)].text + "\": "
                : "";
        hs_free_compile_error(error);
        throw std::runtime_error(where + "cannot be looked for: " + why);
    }
    database_.reset(database);
    hs_scratch_t* room = nullptr;
    if (const hs_error_t status = hs_alloc_scratch(database, &room); status != HS_SUCCESS)
        fail(status);
    room_.reset(room);
}

dictionary::room dictionary::make_room() const
{
    hs_scratch_t* copied = nullptr;
    if (const hs_error_t status = hs_clone_scratch(room_.get(), &copied); status != HS_SUCCESS)
        fail(status);
    return room(copied);
}

void dictionary::find(std::string_view text, const room& with,
                      const std::function<bool(const std::string&)>& found) const
{
    std::string folded;
    if (options_.ignore_case)
        text = folded = letters::fold_case(text);
    if (text.size() > std::numeric_limits<std::uint32_t>::max())
        throw std::runtime_error("has more than 4 GiB; a shorter text was expected");

    struct scan
    {
        const dictionary& of;
        std::string_view text;
        const std::function<bool(const std::string&)>& found;
        std::exception_ptr thrown; // which cannot pass through the library
    } context{*this, text, found, nullptr};

    const auto on_match =
        [](unsigned id, unsigned long long, unsigned long long to, unsigned, void* object) noexcept
    {
        scan& now = *static_cast<scan*>(object);
        const term& each = now.of.terms_[id];
        const auto end = static_cast<std::size_t>(to);
        if (now.of.options_.whole_words &&
            ((each.begins_in_word && letters::is_word_before(now.text, end - each.size)) ||
             (each.ends_in_word && letters::is_word_at(now.text, end))))
            return 0;
        try
        {
            return now.found(each.text) ? 0 : 1;
        }
        catch (...)
        {
            now.thrown = std::current_exception();
            return 1;
        }
    };
    const hs_error_t status =
        hs_scan(database_.get(), text.data(), static_cast<unsigned>(text.size()), 0, with.get(),
                on_match, &context);
    if (context.thrown)
        std::rethrow_exception(context.thrown);
    if (status != HS_SUCCESS && status != HS_SCAN_TERMINATED)
        fail(status);
}

} // namespace extract_package
