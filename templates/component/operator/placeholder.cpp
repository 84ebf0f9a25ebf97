#include <penstock/sdk.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace placeholder_package
{

class placeholder final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output matched{*this, "matched", "Packets whose field has one of the values."};
    penstock::output rest{*this, "rest", "All others."};
    penstock::parameter<std::string> field{*this, "field", "kind", "The field that decides."};
    penstock::parameter<std::vector<std::string>> values{
        *this, "values", {}, "The values that are looked for."};

    void run() override
    {
        while (auto packet = in.receive())
        {
            const std::string value = packet->text(*field, "");
            const bool found = std::find(values->begin(), values->end(), value) != values->end();
            (found ? matched : rest).send(std::move(*packet));
        }
    }
};

} // namespace placeholder_package

PENSTOCK_PACKAGE(penstock::component_of<placeholder_package::placeholder>(
    "placeholder", penstock::category::op, "Sends packets one way or the other."))
