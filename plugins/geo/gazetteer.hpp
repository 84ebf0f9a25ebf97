// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace geo_package
{

/// A place of a gazetteer.
struct place
{
    double latitude;
    double longitude;
    std::uint64_t population;
    std::string country; ///< ISO 3166, two letters
    std::string region;  ///< the code of the first administrative division
};

/// The places of a file of the form that GeoNames publishes: a place a line, 19 columns with tabs
/// between them. Used by many threads.
class gazetteer
{
public:
    /// Reads a file; other names of places are those of its fourth column. Throws std::runtime_error
    /// with the file's name and a line that is none.
    gazetteer(const std::string& file, bool other_names);

    /// Returns the place of a name, whatever the case of its letters, in a country and a region
    /// unless they are empty; of several the one with the most people, nullptr if there is none.
    /// [any thread]
    [[nodiscard]] const place* find(std::string_view name, std::string_view country,
                                    std::string_view region) const;

private:
    void read_line(std::string_view line, std::size_t number);
    void add(std::string_view name, std::uint32_t place);

    bool other_names_;
    std::vector<place> places_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_name_;
};

} // namespace geo_package
