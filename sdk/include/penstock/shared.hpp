// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/blocking.hpp>
#include <penstock/export.hpp>

#include <memory>
#include <string>
#include <type_traits>

namespace penstock
{

namespace detail
{

/// The shared objects of one type in one loaded file, by key. [any thread]
class PENSTOCK_EXPORT shared_objects
{
public:
    /// Makes an object; called once for each key.
    using make_function = std::shared_ptr<void> (*)(void* context);

    shared_objects();
    ~shared_objects();
    shared_objects(const shared_objects&) = delete;
    shared_objects& operator=(const shared_objects&) = delete;

    /// Returns the object of the key. Calls `make` with `context` when there is none; others who
    /// ask for the same key meanwhile block. Throws what `make` throws.
    std::shared_ptr<void> find_or_make(const std::string& key, make_function make, void* context);

private:
    struct state;
    std::unique_ptr<state> state_;
};

template <class T>
shared_objects& shared_objects_of()
{
    static shared_objects objects;
    return objects;
}

} // namespace detail

/// Returns the one object of this type and key in this loaded file, made by the first call and
/// freed with its last user: a model is loaded once, whatever the number of lanes. `key` contains
/// all that `make` reads; `make` returns a `std::unique_ptr<T>` or a `std::shared_ptr<T>`.
///
/// Suspends while it is made, on the pool for blocking work; an exception of `make` comes out of
/// each call that waited for it, one after the other trying anew. The object is used by many
/// threads. [a component's own fiber]
template <class T, class Make>
std::shared_ptr<T> shared(const std::string& key, Make&& make)
{
    using make_type = std::remove_reference_t<Make>;
    constexpr auto call = [](void* context) -> std::shared_ptr<void>
    { return std::shared_ptr<T>((*static_cast<make_type*>(context))()); };
    return std::static_pointer_cast<T>(blocking(
        [&]
        {
            void* const context = const_cast<void*>(static_cast<const void*>(std::addressof(make)));
            return detail::shared_objects_of<T>().find_or_make(key, call, context);
        }));
}

} // namespace penstock
