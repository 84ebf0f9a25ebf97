// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/component_type.hpp"
#include "host/packages/library.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace penstock::host
{

using component_list = std::vector<std::shared_ptr<const component_type>>;

/// Called when a file is read again. It must not call the catalogue.
using exchanged_function = std::function<void(const problem&)>;

/// A package of which the stamp was read, and what came of loading it. A file that was exchanged
/// between the two is read once again, its stamp and its library.
class loadable_package
{
public:
    /// `place` is the number of the place where it was found.
    loadable_package(stamped_package found, std::size_t place)
        : package_(std::move(found)), place_(place)
    {
    }

    /// The same file, found again in a place.
    loadable_package(const loadable_package& same, std::size_t place) : loadable_package(same)
    {
        place_ = place;
    }

    [[nodiscard]] const host::stamp& stamp() const noexcept { return package_.stamp; }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return package_.path; }
    [[nodiscard]] const file_identity& identity() const noexcept { return package_.identity; }
    [[nodiscard]] std::size_t place() const noexcept { return place_; }

    /// Whether load() was called.
    [[nodiscard]] bool is_tried() const noexcept { return tried_; }
    [[nodiscard]] bool is_refused() const noexcept { return refused_; }

    /// Loads it, once; tells why it is refused.
    [[nodiscard]] std::optional<problem> load(mapped what, const exchanged_function& exchanged);

    /// Empty until it is loaded, and if it was refused.
    [[nodiscard]] const component_list& components() const noexcept { return components_; }

private:
    stamped_package package_;
    std::size_t place_;
    bool tried_ = false;
    component_list components_;
    bool refused_ = false;
};

/// Packages by their files.
using known_packages = std::map<std::filesystem::path, std::shared_ptr<loadable_package>>;

/// Finds the package of a file in a place. Reads the file only if it is another than before: loaded
/// once is loaded for good.
[[nodiscard]] boost::system::result<std::shared_ptr<loadable_package>, problem>
find_or_examine(const std::filesystem::path& file, std::size_t place, const known_packages& known);

} // namespace penstock::host
