// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>

#include <boost/version.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

/// The version of the binary interface between packages and the SDK. Packages built for another
/// one are refused before any of their code runs.
#define PENSTOCK_SDK_ABI 5

namespace penstock
{

/// One component of a package: constant data, made by component_of() and completed by the calls
/// that follow it: `component_of<T>(…).since("1.2.0").beta()`.
struct component_entry
{
    const char* name;            ///< `[a-z][a-z0-9_]*`, unique in the package
    penstock::category category; ///< its kind
    const char* summary;         ///< a sentence
    component* (*make)();        ///< a new instance; the caller deletes it

    penstock::status standing = penstock::status::stable; ///< how far it can be relied on
    const char* introduced = "";  ///< the package's version that had it first
    const char* own_version = ""; ///< the component's; the package's if empty
    const char* successor = "";   ///< what to use instead of a deprecated one

    /// Returns the entry with the version of the package that had the component first. [any thread]
    [[nodiscard]] constexpr component_entry since(const char* version) const
    {
        component_entry told = *this;
        told.introduced = version;
        return told;
    }

    /// Returns the entry with a version of its own. [any thread]
    [[nodiscard]] constexpr component_entry version(const char* version) const
    {
        component_entry told = *this;
        told.own_version = version;
        return told;
    }

    /// Returns the entry with the status beta: ports, parameters and behaviour may change. [any
    /// thread]
    [[nodiscard]] constexpr component_entry beta() const
    {
        component_entry told = *this;
        told.standing = penstock::status::beta;
        return told;
    }

    /// Returns the entry with the status deprecated, and what to use instead: `fields/copy`. [any
    /// thread]
    [[nodiscard]] constexpr component_entry deprecated(const char* use) const
    {
        component_entry told = *this;
        told.standing = penstock::status::deprecated;
        told.successor = use;
        return told;
    }
};

/// Returns the entry of a class that derives from `component`. The texts are literals: they live as
/// long as the package. [any thread]
template <class T>
constexpr component_entry component_of(const char* name, category category, const char* summary)
{
    static_assert(std::is_base_of_v<component, T>, "a component derives from penstock::component");
    return {name, category, summary, []() -> component* { return new T; }};
}

namespace detail
{

/// A component listed in place, or one that another file of the package defines.
struct listed_component
{
    constexpr listed_component(component_entry entry) : own(entry) {}

    constexpr listed_component(const component_entry* entry) : other(entry) {}

    [[nodiscard]] constexpr const component_entry& entry() const noexcept
    {
        return other != nullptr ? *other : own;
    }

    component_entry own{};
    const component_entry* other = nullptr;
};

} // namespace detail

/// What a package exports as `penstock_manifest`: constant data, so that nothing runs before the
/// host has read it. The first three members are frozen.
struct manifest
{
    char magic[8];                              ///< "penstock", without a terminator
    std::uint32_t version;                      ///< PENSTOCK_SDK_ABI
    std::uint32_t size;                         ///< sizeof(manifest)
    const char* package;                        ///< its name
    const char* package_version;                ///< its version
    const char* licence;                        ///< its licence, as SPDX names it
    const detail::listed_component* components; ///< the components
    std::size_t count;                          ///< how many there are
};

} // namespace penstock

#define PENSTOCK_STRING_(x) #x
#define PENSTOCK_STRING(x) PENSTOCK_STRING_(x)

// GCC says it with a macro, Clang with a feature.
#if defined(__has_feature)
#define PENSTOCK_HAS_FEATURE(x) __has_feature(x)
#else
#define PENSTOCK_HAS_FEATURE(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || PENSTOCK_HAS_FEATURE(address_sanitizer)
#define PENSTOCK_SANITIZER "address"
#elif defined(__SANITIZE_THREAD__) || PENSTOCK_HAS_FEATURE(thread_sanitizer)
#define PENSTOCK_SANITIZER "thread"
#else
#define PENSTOCK_SANITIZER "none"
#endif

#if defined(_GLIBCXX_DEBUG)
#define PENSTOCK_GLIBCXX_DEBUG "1"
#else
#define PENSTOCK_GLIBCXX_DEBUG "0"
#endif

/// What a package was built against, one `key=value` a line; stands in the section
/// `penstock_stamp`, where the host reads it without running the file.
// clang-format off
#define PENSTOCK_STAMP                                              \
    "penstock-stamp=1\n"                                            \
    "sdk=" PENSTOCK_STRING(PENSTOCK_SDK_ABI) "\n"                   \
    "boost=" PENSTOCK_STRING(BOOST_VERSION) "\n"                    \
    "glibcxx_cxx11_abi=" PENSTOCK_STRING(_GLIBCXX_USE_CXX11_ABI) "\n" \
    "glibcxx_debug=" PENSTOCK_GLIBCXX_DEBUG "\n"                    \
    "sanitizer=" PENSTOCK_SANITIZER "\n"                            \
    "package=" PENSTOCK_PACKAGE_NAME "\n"                           \
    "version=" PENSTOCK_PACKAGE_VERSION "\n"                        \
    "licence=" PENSTOCK_PACKAGE_LICENCE "\n"
// clang-format on

/// Makes a shared library a package: lists its components, each a `component_of<T>(…)` or the
/// address of a `const component_entry` from another file. Name, version and licence come from
/// `penstock_add_package()`. Stands once, outside of any namespace.
#define PENSTOCK_PACKAGE(...)                                                                   \
    namespace                                                                                   \
    {                                                                                           \
    constinit const ::penstock::detail::listed_component penstock_components[] = {__VA_ARGS__}; \
    __attribute__((section("penstock_stamp"), used)) constinit const char penstock_stamp[] =    \
        PENSTOCK_STAMP;                                                                         \
    }                                                                                           \
    extern "C"                                                                                  \
    {                                                                                           \
        extern PENSTOCK_EXPORT const ::penstock::manifest penstock_manifest;                    \
    }                                                                                           \
    __attribute__((used)) constinit const ::penstock::manifest penstock_manifest = {            \
        {'p', 'e', 'n', 's', 't', 'o', 'c', 'k'},                                               \
        PENSTOCK_SDK_ABI,                                                                       \
        sizeof(::penstock::manifest),                                                           \
        PENSTOCK_PACKAGE_NAME,                                                                  \
        PENSTOCK_PACKAGE_VERSION,                                                               \
        PENSTOCK_PACKAGE_LICENCE,                                                               \
        penstock_components,                                                                    \
        sizeof(penstock_components) / sizeof(penstock_components[0])};
