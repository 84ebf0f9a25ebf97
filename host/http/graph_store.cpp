// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/http/graph_store.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host::http
{

namespace
{

problem failure(const std::filesystem::path& path, const char* what, int error)
{
    return {path.string(), "", std::string(what) + ": " + std::generic_category().message(error),
            ""};
}

// Closes what it opened.
class descriptor
{
public:
    descriptor(const std::filesystem::path& path, int flags)
        : number_(::open(path.c_str(), flags | O_CLOEXEC, 0644))
    {
    }
    ~descriptor()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
    [[nodiscard]] bool sync() const noexcept { return ::fsync(number_) == 0; }

    [[nodiscard]] bool write(std::string_view text) const noexcept
    {
        while (!text.empty())
        {
            const ssize_t written = ::write(number_, text.data(), text.size());
            if (written < 0 && errno != EINTR)
                return false;
            text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return true;
    }

private:
    int number_;
};

std::optional<problem> write_file(const std::filesystem::path& path, std::string_view text)
{
    const descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open() || !file.write(text) || !file.sync())
        return failure(path, "cannot be written", errno);
    return std::nullopt;
}

std::optional<problem> sync_folder(const std::filesystem::path& folder)
{
    const descriptor opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.is_open() || !opened.sync())
        return failure(folder, "cannot be synced", errno);
    return std::nullopt;
}

} // namespace

std::vector<parsed_graph> graph_store::load() const
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& each : std::filesystem::directory_iterator(folder_, error))
        if (each.path().extension() == ".json")
            files.push_back(each.path());
    std::ranges::sort(files);
    std::vector<parsed_graph> graphs;
    for (const std::filesystem::path& each : files)
    {
        std::ifstream file(each, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        parsed_graph read = parse_graph(text);
        if (read.problems.empty() && read.graph.name != each.stem().string())
            read.problems.emplace_back("", "/name", "not the name of the file",
                                       quote(each.stem().string()) + " was expected");
        for (problem& wrong : read.problems)
            wrong.where = each.string();
        graphs.push_back(std::move(read));
    }
    return graphs;
}

std::optional<problem> graph_store::save(const graph_spec& graph) const
{
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error)
        return failure(folder_, "cannot be made", error.value());
    const std::filesystem::path file = file_of(graph.name);
    std::filesystem::path fresh = file;
    fresh += ".new";
    if (auto wrong = write_file(fresh, write_graph(graph)))
        return wrong;
    std::filesystem::rename(fresh, file, error);
    if (error)
        return failure(file, "cannot be replaced", error.value());
    return sync_folder(folder_);
}

std::optional<problem> graph_store::remove(std::string_view graph) const
{
    const std::filesystem::path file = file_of(graph);
    std::error_code error;
    const bool removed = std::filesystem::remove(file, error);
    if (error)
        return failure(file, "cannot be removed", error.value());
    return removed ? sync_folder(folder_) : std::nullopt;
}

std::filesystem::path graph_store::file_of(std::string_view graph) const
{
    return folder_ / (std::string(graph) + ".json");
}

} // namespace penstock::host::http
