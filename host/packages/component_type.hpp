// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/description.hpp>
#include <penstock/json.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace penstock::host
{

/// Describes one component of a loaded package and makes instances of it. Immutable; packages are
/// never unloaded, so it may outlive the catalogue.
class component_type
{
public:
    using maker = component* (*)();

    explicit component_type(maker from) : make_(from) {}

    std::string id; ///< `package/name`
    penstock::category category{};
    std::string summary;
    std::string package;
    std::string version; ///< of the package
    std::string licence;
    std::string own_version; ///< of the component
    std::string since;       ///< the package's version that had it first, or empty
    penstock::status status = penstock::status::stable;
    std::string successor;      ///< what to use instead of a deprecated one, or empty
    std::filesystem::path path; ///< the file that it was loaded from
    component_description description;

    /// Makes a fresh, unconfigured instance. [any thread] Throws what its constructor throws.
    [[nodiscard]] std::unique_ptr<component> make() const
    {
        return std::unique_ptr<component>(make_());
    }

    /// Returns whether graphs start or end with it.
    [[nodiscard]] bool starts() const noexcept { return category == category::adapter; }

    [[nodiscard]] bool ends() const noexcept { return category == category::publisher; }

    /// Returns its status for people: `beta`, `deprecated: use x/y`; empty if it is stable.
    [[nodiscard]] std::string notice() const;

private:
    maker make_;
};

/// Writes a component as `/api/components` shows it: ports with the implicit `error`, and the
/// parameters as one JSON Schema of an object, in order of declaration.
[[nodiscard]] json::object component_json(const component_type& type);

} // namespace penstock::host
