// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/packages/problem.hpp"

#include <penstock/component.hpp>
#include <penstock/description.hpp>
#include <penstock/json.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Describes one component of a loaded package and makes instances of it. Immutable; packages are
/// never unloaded, so it may outlive the catalogue.
class component_type
{
public:
    using maker = component* (*)();

    component_type(maker make) : make_(make) {}

    std::string id; ///< `package/name`
    penstock::category category{};
    std::string summary;
    std::string package;
    std::string version; ///< of the package
    std::string licence;
    std::filesystem::path path; ///< the file that it was loaded from
    component_description description;

    /// Makes a fresh, unconfigured instance. [any thread] Throws what its constructor throws.
    [[nodiscard]] std::unique_ptr<component> make() const
    {
        return std::unique_ptr<component>(make_());
    }

    /// Tells whether it works for the host: an adapter or a source starts, a publisher ends.
    [[nodiscard]] bool starts() const noexcept { return category == category::adapter; }
    [[nodiscard]] bool ends() const noexcept { return category == category::publisher; }

private:
    maker make_;
};

/// Names a folder in which packages are looked for.
struct package_place
{
    std::filesystem::path folder;
    bool must_exist = false; ///< true for those the user named
};

/// Lists where packages are looked for, the first place first: `named`, then the user's, then
/// beside the running binary.
[[nodiscard]] std::vector<package_place> package_places(
    const std::vector<std::filesystem::path>& named);

/// Finds components by their ids in the packages of some folders.
///
/// Reads only the stamps of the files at first; a package is loaded, and so its code run, when a
/// component of it is asked for. Of packages of one name, the one in the earlier place wins, with
/// a warning; two in one place are both refused. [any thread]
class catalogue
{
public:
    /// Reads the stamps of all packages in `places`.
    explicit catalogue(std::vector<package_place> places);
    ~catalogue();
    catalogue(const catalogue&) = delete;
    catalogue& operator=(const catalogue&) = delete;

    /// Returns the component, or null. Loads its package if need be. A `pin` (`name@version`)
    /// chooses the first place whose package has that version or one that refines it: `demo@1.2`
    /// is satisfied by 1.2 and 1.2.7, not by 1.20.
    [[nodiscard]] std::shared_ptr<const component_type> find(std::string_view id,
                                                             std::string_view pin = {});

    /// Returns every component, by category and id. Loads all packages.
    [[nodiscard]] std::vector<std::shared_ptr<const component_type>> all();

    /// Tells why packages were refused: at once for stamps, after loading for the rest.
    [[nodiscard]] std::vector<problem> refusals() const;

    /// Tells why files that are, or look like, this package were refused.
    [[nodiscard]] std::vector<problem> refusals(std::string_view package) const;

    /// Tells which packages are hidden by an earlier place.
    [[nodiscard]] std::vector<problem> warnings() const;

    /// Looks at the folders again: for packages that came, went or were replaced.
    void rescan();

private:
    class state;
    std::unique_ptr<state> state_;
};

/// Writes a component as `/api/components` shows it: ports with the implicit `error`, and the
/// parameters as one JSON Schema of an object, in order of declaration.
[[nodiscard]] json::object component_json(const component_type& type);

} // namespace penstock::host
