// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace feed_package
{

/// The error of a body that is no feed.
class feed_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// One entry of a feed; what it lacks is empty. Times are in RFC 3339, links absolute where a base
/// is known. Texts may have marks of HTML, as the feed has them.
struct entry
{
    std::string title;
    std::string link;
    std::string id;
    std::vector<std::string> authors;
    std::string published;
    std::string updated;
    std::string summary;
    std::string content;
    std::vector<std::string> categories;
    std::vector<std::string> enclosures; ///< links to files
};

/// A feed, likewise.
struct feed
{
    std::string type; ///< `rss`, `atom` or `json`
    std::string title;
    std::string link;
    std::string id;
    std::string description;
    std::vector<std::string> authors;
    std::string language;
    std::string updated;
    std::vector<entry> entries;
};

} // namespace feed_package
