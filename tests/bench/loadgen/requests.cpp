// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "requests.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace penstock::bench
{

namespace
{

std::vector<std::string> read_lines(const std::string& file)
{
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    if (lines.empty())
        throw std::runtime_error(file + ": no documents");
    return lines;
}

std::string join(const std::vector<std::string>& lines, std::size_t first, std::size_t count,
                 const order& what)
{
    if (what.batch == 1)
        return lines[first % lines.size()];
    std::string body;
    for (std::size_t i = first; i < first + count; ++i)
    {
        if (what.as_array)
            body += i == first ? '[' : ',';
        body += lines[i % lines.size()];
        if (!what.as_array)
            body += '\n';
    }
    if (what.as_array)
        body += ']';
    return body;
}

} // namespace

std::vector<request> make_requests(const order& what)
{
    const std::vector<std::string> lines = read_lines(what.file);
    const std::size_t documents = what.documents == 0 ? lines.size() : what.documents;
    std::vector<request> all;
    for (std::size_t first = 0; first < documents; first += what.batch)
    {
        const std::size_t count = std::min(what.batch, documents - first);
        const std::string body = join(lines, first, count, what);
        std::string text = "POST " + what.path + " HTTP/1.1\r\nHost: 127.0.0.1:";
        text.append(std::to_string(what.port)).append("\r\nContent-Type: ").append(what.type);
        text.append("\r\nContent-Length: ").append(std::to_string(body.size()));
        text.append("\r\n\r\n").append(body);
        all.push_back({std::move(text), first, count, body.size()});
    }
    return all;
}

} // namespace penstock::bench
