// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/dice.hpp"
#include "tests/faults/recording.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace penstock::faults
{

/// What a disk may hold after the power was cut: all that was synced, and of the rest any choice of
/// 512-byte sectors, as if the disk had written them in any order. Names come and go in order, and
/// are safe when the directory was synced.
class disk_image
{
public:
    using random = dice;

    /// Takes in the next event. Its text must outlive the image.
    void apply(const event& next);

    /// Makes all of it durable, as after a clean end.
    void sync();

    /// Writes what a power cut at this moment may leave into an empty directory; `directory` is the
    /// one that was recorded.
    void write_to(const std::filesystem::path& place, const std::filesystem::path& directory,
                  random& chance) const;

private:
    struct change
    {
        std::uint64_t number; // of the event
        event_head head;
        const char* text;
    };

    struct content
    {
        std::string synced;
        std::vector<change> since;
    };

    using names = std::map<std::string, std::uint32_t>;

    static void carry_out(const change& what, std::string& on);
    static void carry_out(const change& what, names& on);
    [[nodiscard]] static std::string cut(const content& file, random& chance);
    [[nodiscard]] names cut_names(random& chance) const;

    std::uint64_t events_ = 0;
    std::map<std::uint32_t, content> files_;
    names synced_names_;
    std::vector<change> names_since_;
};

} // namespace penstock::faults
