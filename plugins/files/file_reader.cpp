// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "file_reader.hpp"

#include "line_files.hpp"
#include "path_text.hpp"
#include "whole_files.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace files_package
{

namespace
{

using namespace std::chrono_literals;

// Of one call: what is found is given on, and acknowledged, before there is more.
constexpr std::size_t most_findings = 500;
constexpr std::size_t most_bytes = std::size_t{8} << 20;
constexpr auto longest = 500ms;

} // namespace

file_reader::file_reader(read_settings of, mode how, const std::string& checkpoint_file)
    : of_(std::move(of)), checkpoint_(checkpoint_file), tree_(of_)
{
    if (how == mode::whole)
        mode_ = std::make_unique<whole_files>(of_, tree_, checkpoint_);
    else
        mode_ = std::make_unique<line_files>(of_, tree_, checkpoint_);
}

findings file_reader::read(clock::time_point now)
{
    findings found;
    const auto end = clock::now() + longest; // not on the clock of waits: of work
    std::size_t counted = 0;
    for (std::size_t bytes = 0; found.size() < most_findings && bytes < most_bytes;)
    {
        if (!do_something(now, found) || clock::now() > end)
            break;
        for (; counted < found.size(); ++counted)
            bytes += found[counted].data.size();
    }
    mode_->keep();
    return found;
}

bool file_reader::is_over() const
{
    return !of_.follow && !tree_.is_scanning() && !is_checking_ && checked_scan_ == tree_.scans() &&
           !mode_->next_work();
}

bool file_reader::do_something(clock::time_point now, findings& into)
{
    if (mode_->work(now, into))
        return true;
    if (const auto path = tree_.next(now))
    {
        mode_->look(*path, now, into);
        return true;
    }
    if (checked_scan_ != tree_.scans())
    {
        if (!std::exchange(is_checking_, true))
        {
            know_folders();
            mode_->begin_check();
        }
        if (!mode_->check(into))
        {
            is_checking_ = false;
            checked_scan_ = tree_.scans();
        }
        return true;
    }
    if (of_.follow && of_.rescan.count() > 0)
    {
        if (!next_rescan_)
            next_rescan_ = now + of_.rescan;
        if (now >= *next_rescan_)
        {
            next_rescan_ = now + of_.rescan;
            tree_.scan();
            return true;
        }
    }
    return false;
}

// An empty folder that is another than before may be the place of a disk that is not mounted.
void file_reader::know_folders()
{
    for (root& each : tree_.roots())
    {
        if (!each.is_there() || each.inode() == 0)
            continue;
        const std::string text = text_of_path(each.folder());
        const auto before = checkpoint_.folder(text);
        if (before && before != each.inode() && !each.has_entries())
        {
            each.distrust();
            of_.tell(text + ": is empty, and not the folder that was read before; what was in that "
                            "is not taken for deleted");
        }
        else if (before != each.inode())
            checkpoint_.put_folder(text, each.inode());
    }
}

} // namespace files_package
