// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "appender.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace files_package
{

/// The files below a folder that the lanes of a node append to, so many of them open at a time.
/// [any thread] All calls block.
class output_files
{
public:
    /// `folder` is a common name; `data_directory` that of the host, or empty.
    output_files(std::string folder, std::string data_directory);

    /// Returns the writer of a file, which is made if it is missing, and so are its folders; closes
    /// the one that was used least lately while more than `most` are open. With `sync`, the names of
    /// new folders are on the disk. Throws std::invalid_argument for a file that a link leads to out
    /// of the folder or into the host's data directory, and std::system_error.
    std::shared_ptr<appender> open(const std::string& path, std::size_t most, bool sync);

    /// Closes the open files that are as old as the rule says, looking every second; returns those
    /// that had the names. Others stay as they are.
    std::vector<std::string> close_old(const closing_rule& rule);

    /// Takes a closed file for whoever asks first, until it is given back.
    [[nodiscard]] bool claim(const std::string& closed);
    void give_back(const std::string& closed);

private:
    using clock = std::chrono::steady_clock;

    struct open_file
    {
        std::string path;
        std::shared_ptr<appender> writer;
    };

    std::shared_ptr<appender> make(const std::string& path, bool sync) const;
    void make_folders(const std::string& folder, bool sync) const;

    std::mutex mutex_;
    const std::string folder_;
    const std::string data_directory_;
    std::list<open_file> files_; // the one that was used last first
    std::unordered_map<std::string, std::list<open_file>::iterator> places_;
    clock::time_point looked_{};
    std::set<std::string> claimed_;
};

} // namespace files_package
