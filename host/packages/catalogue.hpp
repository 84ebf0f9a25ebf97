// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/component_type.hpp"
#include "host/packages/loadable_package.hpp"
#include "host/packages/place.hpp"
#include "host/packages/stamp.hpp"

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// A file that could be loaded, by its stamp.
struct found_package
{
    host::stamp stamp;
    std::filesystem::path path;
    bool hidden = false; ///< by one of that name in an earlier place, or a newer one in this
};

/// Finds components by their ids in the packages of some folders.
///
/// Reads only the stamps of the files at first; a package is loaded, and so its code run, when a
/// component of it is asked for. Of packages of one name, the one in the earlier place wins, with a
/// warning; of several versions in one place, side by side or in folders NAME@VERSION, the newest;
/// two of one version in one place are both refused. Nothing stands in for what is refused: neither
/// an older version beside it nor a package of a later place, and for a folder that must exist and
/// cannot be used, no later place. [any thread]
class catalogue
{
public:
    /// Reads the stamps of all packages in `places`. `exchanged` hears of files that are read
    /// again; `what` of a package is loaded.
    explicit catalogue(std::vector<package_place> places, exchanged_function exchanged = {},
                       mapped what = mapped::copy);
    ~catalogue();
    catalogue(const catalogue&) = delete;
    catalogue& operator=(const catalogue&) = delete;

    /// Returns the component, or null. Loads its package if need be. A `pin` (`name@version`)
    /// chooses the first package, in that order, that has that version or one that refines it:
    /// `demo@1.2` is satisfied by 1.2 and 1.2.7, not by 1.20.
    [[nodiscard]] std::shared_ptr<const component_type> find(std::string_view id,
                                                             std::string_view pin = {});

    /// Returns every component, by category and id. Loads all packages.
    [[nodiscard]] std::vector<std::shared_ptr<const component_type>> all();

    /// Returns why packages were refused: at once for stamps, after loading for the rest.
    [[nodiscard]] std::vector<problem> refusals() const;

    /// Returns why files that are, or look like, this package were refused, and folders that must
    /// exist, in which it may be.
    [[nodiscard]] std::vector<problem> refusals(std::string_view package) const;

    /// Returns which packages are hidden by an earlier place.
    [[nodiscard]] std::vector<problem> warnings() const;

    /// Lists the packages that could be loaded, by name and place, without loading them.
    [[nodiscard]] std::vector<found_package> packages() const;

    /// Looks at the folders again: for packages that came, went or were replaced.
    void rescan();

private:
    class state;
    std::unique_ptr<state> state_;
};

} // namespace penstock::host
