// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace extract_package
{

/// A town in the United States as letters name it.
struct place_name
{
    std::string city;
    std::string state; ///< two letters
    std::string zip;   ///< five digits, or `12345-6789`; may be empty

    /// `City, ST` or `City, ST ZIP`.
    [[nodiscard]] std::string text() const
    {
        return city + ", " + state + (zip.empty() ? "" : " " + zip);
    }
};

/// A place name as an expression: groups of city, state, the five digits and the four behind them.
/// A city has up to four words that begin with a capital; words as `of` may stand between them. The
/// states are the fifty and what the Postal Service serves besides.
inline constexpr const char* place_name_expression =
    R"re(((?:(?:St|Ste|Ft|Mt|Pt)\. ?)?\p{Lu}[\pL'’-]*)re"
    R"re((?: +(?:(?:de|del|du|la|las|los|of|on|the) +){0,2}(?:\p{Ll}['’])?\p{Lu}[\pL'’-]*){0,3}) *, *)re"
    R"re((A[KLRSZ]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|)re"
    R"re(O[HKR]|P[ARW]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])\b)re"
    R"re((?:[ ,]+([0-9]{5})(?:[-/ ]?([0-9]{4}))?\b)?)re";

} // namespace extract_package
