// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../archive/members.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace document_package
{

/// What one document may cost.
struct office_limits
{
    archive_package::unpack_limits unpacked{.bytes = std::size_t{32} << 20,
                                            .member = std::size_t{32} << 20};
    std::size_t memory = std::size_t{96} << 20; ///< of the elements of one file in it
    std::size_t text = std::size_t{32} << 20;   ///< of its text, or all its cells
};

/// The files of a zip that office documents have their texts in, unpacked. Pictures and the like
/// are left out.
class zip_parts
{
public:
    /// Reads a zip. Throws document_error if it is none, is broken or encrypted, or reaches a
    /// limit.
    zip_parts(std::string_view data, const archive_package::unpack_limits& limits);

    /// Whether there is a file of that path.
    [[nodiscard]] bool has(const std::string& path) const { return files_.contains(path); }

    /// Takes a file out. Throws document_error if there is none.
    [[nodiscard]] std::string take(const std::string& path);

private:
    std::map<std::string, std::string> files_;
};

/// A relationship of a file in an Open Packaging Convention zip (ECMA-376, part 2, 9.3).
struct relationship
{
    std::string id;
    std::string type;   ///< the last word of its address
    std::string target; ///< a path in the zip
};

/// Takes the relationships of a file, or of the whole zip if `path` is empty; none if there are
/// none. What is outside of the zip is left out.
[[nodiscard]] std::vector<relationship> relationships_of(zip_parts& parts, const std::string& path,
                                                         const office_limits& limits);

/// Relationships by their ids; valid while the list is.
using relationships_by_id = std::map<std::string_view, const relationship*>;

/// Finds relationships by their ids; the first of those with one id.
[[nodiscard]] relationships_by_id indexed(const std::vector<relationship>& list);

/// Returns a path that is told in a file, from the zip's root on.
[[nodiscard]] std::string resolved(std::string_view path, const std::string& told_in);

} // namespace document_package
