// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/blocking.hpp>

#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace penstock
{

namespace detail
{

/// The objects of one type that one loaded file shares, by key.
template <class T>
class shared_objects
{
public:
    template <class Make>
    std::shared_ptr<T> find_or_make(const std::string& key, Make& make)
    {
        std::shared_ptr<place> here = reserve(key);
        std::lock_guard building(here->building); // others wait here, on the blocking pool
        if (std::shared_ptr<T> object = here->object.lock())
            return object;
        auto object = std::shared_ptr<T>(make());
        here->object = object;
        return object;
    }

private:
    struct place
    {
        std::mutex building;
        std::weak_ptr<T> object;
    };

    std::shared_ptr<place> reserve(const std::string& key)
    {
        std::lock_guard lock(mutex_);
        std::shared_ptr<place>& found = places_[key];
        if (found == nullptr)
            found = std::make_shared<place>();
        return found;
    }

    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<place>> places_;
};

} // namespace detail

/// Returns the one object of this type and key in this loaded file, made by the first who asks,
/// freed with its last user: a model is loaded once, whatever the number of lanes. `key` contains
/// all that `make` reads; `make` returns a `std::unique_ptr<T>` or a `std::shared_ptr<T>`.
///
/// Suspends while it is made, on the pool for blocking work; an exception of `make` comes out of
/// each call that waited for it, one after the other trying anew. The object is used by many
/// threads. [a component's own fiber]
template <class T, class Make>
std::shared_ptr<T> shared(const std::string& key, Make&& make)
{
    static detail::shared_objects<T> objects;
    return blocking([&] { return objects.find_or_make(key, make); });
}

} // namespace penstock
