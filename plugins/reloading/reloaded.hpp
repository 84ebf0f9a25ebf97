// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "file_identity.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace reloading
{

/// What a component has made of a file: one object for all lanes, made anew when the file has
/// changed. Belongs to one component.
template <class T>
class reloaded
{
public:
    /// Makes an object of the file; on the pool for blocking work.
    using maker = std::function<std::unique_ptr<T>(const std::string& path)>;

    /// Declares the parameter `reload`.
    explicit reloaded(penstock::component& owner)
        : interval(owner, "reload", std::chrono::seconds(1),
                   "How long the file is not looked at again. When it has changed, it is read "
                   "anew; if it cannot be read then, what was read before stays "
                   "until it has changed again.",
                   penstock::range{0, 86'400'000})
    {
    }

    /// Reads the file; `options` is all else that `make` depends on. Throws what `make` throws, and
    /// std::runtime_error if there is no such file. [start(); suspends]
    void start(std::string path, std::string options, maker make)
    {
        path_ = std::move(path);
        options_ = std::move(options);
        make_ = std::move(make);
        load(identity());
        looked_ = std::chrono::steady_clock::now();
    }

    /// Returns the object of the file as it was when it was looked at last. It lives until this is
    /// called again. [the component's own fiber; suspends]
    const T& get()
    {
        const auto now = std::chrono::steady_clock::now();
        if (now - looked_ >= *interval)
        {
            looked_ = now;
            std::string found;
            try
            {
                found = identity();
                if (found == failed_)
                    return *object_;
                if (found != identity_)
                    load(found);
                wrong_.clear();
                failed_.clear();
            }
            catch (const std::exception& error)
            {
                if (wrong_ != error.what())
                    penstock::log(penstock::severity::warning,
                                  error.what() + std::string("; what was read before is used"));
                wrong_ = error.what();
                failed_ = std::move(found);
            }
        }
        return *object_;
    }

private:
    [[nodiscard]] std::string identity() const
    {
        return penstock::blocking([&] { return identity_of(path_); });
    }

    void load(std::string found)
    {
        object_ = penstock::shared<T>(found + '\0' + options_, [&] { return make_(path_); });
        identity_ = std::move(found);
    }

    penstock::parameter<std::chrono::milliseconds> interval;
    std::string path_;
    std::string options_;
    maker make_;
    std::string identity_;
    std::string failed_; // the identity of what could not be read
    std::string wrong_;  // what was logged last
    std::shared_ptr<T> object_;
    std::chrono::steady_clock::time_point looked_;
};

} // namespace reloading
