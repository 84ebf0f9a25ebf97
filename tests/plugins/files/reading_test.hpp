// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "file_reader.hpp"
#include "scratch_directory.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

/// A folder, and what a reader of it finds, step by step; without graph and fibers.
struct reading_test
{
    using reader = files_package::file_reader;
    using finding = files_package::finding;

    scratch_directory directory;
    std::string folder = directory.path("in");
    std::string kept = directory.path("checkpoint.sqlite");
    std::vector<std::string> told;
    files_package::read_settings of{
        .paths = {folder}, .follow = true, .settle = std::chrono::milliseconds(0)};
    std::vector<penstock::json::value> positions; // of what was found and not acknowledged

    reading_test()
    {
        of.tell = [this](const std::string& line) { told.push_back(line); };
        std::filesystem::create_directory(folder);
    }

    [[nodiscard]] std::string path(const std::string& name) const { return folder + "/" + name; }

    void put(const std::string& name, std::string_view text) const
    {
        std::ofstream(path(name), std::ios::binary) << text;
    }

    void append(const std::string& name, std::string_view text) const
    {
        std::ofstream(path(name), std::ios::binary | std::ios::app) << text;
    }

    [[nodiscard]] reader whole() const { return {of, reader::mode::whole, kept}; }
    [[nodiscard]] reader lines() const { return {of, reader::mode::lines, kept}; }

    /// Everything that is there now: until nothing is found, and nothing waits.
    std::vector<finding> rest(reader& from)
    {
        std::vector<finding> all;
        for (;;)
        {
            const auto now = std::chrono::steady_clock::now();
            std::vector<finding> found = from.read(now);
            const auto next = from.next_work();
            const bool is_over = found.empty() && !next;
            keep_positions(found);
            std::ranges::move(found, std::back_inserter(all));
            if (is_over)
                return all;
            if (next && *next > now)
                std::this_thread::sleep_until(std::min(*next, now + std::chrono::seconds(1)));
        }
    }

    /// What is found until it is so; at most for a minute.
    template <class Condition>
    std::vector<finding> until(reader& from, Condition&& is_so)
    {
        std::vector<finding> all;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!is_so(all) && std::chrono::steady_clock::now() < end)
        {
            std::vector<finding> found = from.read(std::chrono::steady_clock::now());
            keep_positions(found);
            std::ranges::move(found, std::back_inserter(all));
            if (found.empty())
                std::this_thread::yield();
        }
        return all;
    }

    void keep_positions(const std::vector<finding>& found)
    {
        for (const finding& each : found)
            positions.push_back(each.position);
    }

    /// Says that all that was found has ended.
    void acknowledge(reader& from) { from.acknowledge(std::exchange(positions, {})); }

    /// What was found, each as PATH=DATA, PATH! if it was deleted, and PATH? if it is wrong; paths
    /// within the folder, sorted.
    [[nodiscard]] std::vector<std::string> texts(const std::vector<finding>& found) const
    {
        std::vector<std::string> all = in_order(found);
        std::ranges::sort(all);
        return all;
    }

    [[nodiscard]] std::vector<std::string> in_order(const std::vector<finding>& found) const
    {
        std::vector<std::string> all;
        for (const finding& each : found)
        {
            const std::string name =
                each.path.substr(std::min(each.path.size(), folder.size() + 1));
            all.push_back(!each.wrong.empty()                   ? name + "?"
                          : each.what == finding::kind::deleted ? name + "!"
                                                                : name + "=" + each.data);
        }
        return all;
    }

    /// All that is new, as texts() tells it, and acknowledges it.
    std::vector<std::string> news(reader& from)
    {
        const std::vector<finding> found = rest(from);
        acknowledge(from);
        return texts(found);
    }

    /// The texts of lines alone, in order; acknowledged.
    std::vector<std::string> new_lines(reader& from)
    {
        std::vector<std::string> all;
        for (const finding& each : rest(from))
            all.push_back(each.wrong.empty() ? each.data : "?");
        acknowledge(from);
        return all;
    }
};

using strings = std::vector<std::string>;
