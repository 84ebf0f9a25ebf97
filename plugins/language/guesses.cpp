// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "guesses.hpp"

#include <array>
#include <cstddef>
#include <limits>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace language_package
{

namespace
{

// The library has some codes of before BCP 47 (RFC 5646, section 2.2.1).
std::string code_of(CLD2::Language language)
{
    const std::string code = CLD2::LanguageCode(language);
    return code == "iw" ? "he" : code == "jw" ? "jv" : code;
}

} // namespace

guesses guess_languages(std::string_view text)
{
    guesses found{{}, false};
    if (text.empty() || text.size() > std::numeric_limits<int>::max())
        return found;
    std::array<CLD2::Language, 3> languages{};
    std::array<int, 3> shares{}; // in percent
    std::array<double, 3> scores{};
    int size = 0;
    int valid = 0;
    const CLD2::CLDHints none{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &none,
                                            0, languages.data(), shares.data(), scores.data(),
                                            nullptr, &size, &found.is_reliable, &valid);
    if (static_cast<std::size_t>(valid) < text.size())
        return {{}, false};
    for (std::size_t n = 0; n < languages.size(); ++n)
        if (languages[n] != CLD2::UNKNOWN_LANGUAGE && shares[n] > 0)
            found.list.push_back({code_of(languages[n]), shares[n] / 100.0});
    return found;
}

} // namespace language_package
