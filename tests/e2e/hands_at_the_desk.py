"""What advisor, parts clerk, cashier, gate keeper and customer do by hand, one function a deed."""

from pathlib import Path

from playwright.sync_api import Page, expect

PLATE = "京AD12345"
TAIL = "D12345"
CUSTOMER = "Lena Song"
PHONE = "13800134827"
COMPLAINT = "the brakes squeak again"
EXTRA = "Rear brake pads"
BOOKING = f'.booking[aria-label="{PLATE}"]'


def turn_to(page: Page, name: str) -> None:
    """Open a page of the shop from the navigation."""
    page.locator(".pages summary").click()
    page.locator(".pages").get_by_role("link", name=name).click()
    expect(page.locator(".nav > [aria-current]")).to_have_text(name)
    # Keys are heard once the scripts have run.
    page.wait_for_load_state()


def of_order(page: Page, job: str, section: str) -> None:
    """Open a section of the order by its tab."""
    base = page.url.split("/", 3)
    page.goto(f"{base[0]}//{base[2]}/orders/{job}")
    page.locator(f'.tabs a[href="/orders/{job}/{section}"]').click()
    expect(page.locator(f'.tabs a[href$="/{section}"]')).to_have_attribute("aria-current", "page")
    page.wait_for_load_state()


def book(anna: Page) -> None:
    """The advisor books the car, with what is expected and that it has been here before."""
    turn_to(anna, "Arrivals")
    anna.keyboard.press("n")
    anna.fill('[name="car.plate"]', PLATE)
    anna.fill('[name="car.model"]', "E3")
    anna.locator('[name="booked_for"]').nth(1).check()
    anna.fill('[name="customer.name"]', CUSTOMER)
    anna.fill('[name="customer.phone"]', PHONE)
    anna.fill('[name="appointment.work"]', COMPLAINT)
    anna.get_by_label("Comeback").check()
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator("#dialog")).to_be_hidden()
    expect(anna.locator(BOOKING)).to_contain_text(COMPLAINT)


def prepare(pia: Page) -> None:
    """The parts clerk ticks that the parts lie ready."""
    turn_to(pia, "Arrivals")
    expect(pia.locator(BOOKING)).to_contain_text(COMPLAINT)
    tick = pia.locator(f'{BOOKING} .tick[data-focus$="-parts_picked"]')
    tick.click()
    expect(tick).to_have_attribute("aria-pressed", "true")


def greet(anna: Page) -> None:
    """The car is here: one tap; then it is called from the line and received."""
    expect(anna.locator(f"{BOOKING} .tick.is-done, {BOOKING} [aria-pressed=true]")).to_contain_text(
        "Pia"
    )
    anna.locator(BOOKING).get_by_role("button", name="Car is here").click()
    expect(anna.locator("#part-arrived")).to_contain_text(TAIL)
    anna.get_by_role("button", name="Next").click()
    anna.locator(".is-called").get_by_role("button", name="Receive").click()
    expect(anna.locator(".is-called")).to_have_count(0)


def walk_round(anna: Page, job: str, photo: Path) -> None:
    """Reception sheet: mileage, fuel, one dent with its photo, and the old parts are wanted."""
    anna.locator("#part-line").get_by_role("link", name=TAIL).click()
    anna.wait_for_url(f"**/orders/{job}/reception")
    form = anna.locator("[data-reception]")
    form.locator("#f-mileage").fill("40210")
    form.locator("#f-asked").fill(COMPLAINT)
    for field, word in (("fuel", "3/8"), ("old_parts", "yes"), ("wash", "yes")):
        form.locator(f'[data-field="{field}"]').get_by_label(word, exact=True).check()
    anna.get_by_label("Dent").check()
    outline = anna.locator("[data-outline]").bounding_box()
    assert outline is not None
    anna.locator("[data-outline]").click(
        position={"x": outline["width"] * 0.45, "y": outline["height"] * 0.14}
    )
    mark = form.locator("[data-mark]")
    mark.locator("[data-photo]").set_input_files(photo)
    expect(mark.locator(".photo img")).to_be_visible()
    anna.get_by_role("button", name="Save the sheet").click()
    expect(form.locator('[name="edition"]')).to_have_value("1")
    expect(mark).to_contain_text("Right front door")


def write_lines(anna: Page, job: str) -> None:
    """What was expected goes for one line of the catalogue and one that is typed, with prices."""
    of_order(anna, job, "lines")
    expect(anna.locator(".lines tbody")).to_contain_text(COMPLAINT)
    anna.get_by_role("button", name="Withdraw…").click()
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator("#content")).not_to_contain_text(COMPLAINT)
    anna.locator("#find-work").press_sequentially("brake")
    anna.locator(".hit").click()
    anna.get_by_role("button", name="Add", exact=True).click()
    expect(anna.locator(".lines tbody")).to_contain_text("front brake pads")
    anna.fill("#add-text", "Find the squeak")
    anna.fill("#add-standard_hours", "0.5")
    anna.fill("#add-price", "120")
    anna.get_by_role("button", name="Add", exact=True).click()
    expect(anna.locator(".lines tfoot")).to_contain_text("¥1,020.50")


def promise(anna: Page, job: str) -> None:
    """The advisor promises a time."""
    of_order(anna, job, "reception")
    anna.locator(f'.tabs a[href="/orders/{job}"]').click()
    anna.get_by_role("button", name="Promised time…").click()
    anna.locator('#dialog [name="at"]').nth(3).check()
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator("#order-head .promise")).to_contain_text("Promised")


def customer_signs(anna: Page, job: str) -> None:
    """The customer reads what is ordered, and signs on the advisor's tablet."""
    of_order(anna, job, "reception")
    expect(anna.locator("#part-sign")).to_contain_text("front brake pads")
    canvas = anna.locator("[data-canvas]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for left in (60, 200):
        anna.mouse.move(box["x"] + left, box["y"] + 60)
        anna.mouse.down()
        anna.mouse.move(box["x"] + left + 90, box["y"] + 120, steps=6)
        anna.mouse.up()
    anna.get_by_role("button", name="Sign the order").click()
    expect(anna.locator("#order-head")).to_contain_text("To be dispatched")
    expect(anna.locator(".signed")).to_contain_text(CUSTOMER)


def issue_the_part(pia: Page, job: str) -> None:
    """The parts clerk finds the car at the parts desk and hands the part out."""
    turn_to(pia, "Parts desk")
    car = pia.locator(f"#waits-{job}")
    expect(car).to_contain_text("Seal ring × 2")
    expect(car).to_contain_text("Tom")
    car.get_by_role("button", name="Issued", exact=True).click()
    expect(car).to_have_count(0)


def price_and_ask(anna: Page, job: str) -> tuple[str, str]:
    """The advisor prices the extra work and asks; the phone page's address and its code."""
    of_order(anna, job, "extra")
    found = anna.locator("#part-line-4")
    expect(found).to_contain_text(EXTRA)
    expect(found.locator(".photo img")).to_be_visible()
    anna.fill("#price-4", "260")
    anna.fill("#parts-4", "420.50")
    found.get_by_role("button", name="Save the price").click()
    expect(found.locator(".total")).to_have_text("¥ 680.50")
    anna.get_by_role("button", name="Put it on the phone page").click()
    expect(found).to_contain_text("The customer is asked")
    link = anna.locator(".link-text a").get_attribute("href")
    assert link is not None
    return link, anna.locator("dd.code").inner_text()


def agree_on_the_phone(phone: Page, code: str) -> None:
    """The customer types the code, looks at photo and price, agrees, and says so once more."""
    for private in ("680.50", EXTRA, CUSTOMER, PHONE, "Tom", "Bay", PLATE, TAIL):
        expect(phone.locator("body")).not_to_contain_text(private)
    expect(phone.locator(".approve")).to_contain_text("1 question for you")
    phone.fill("#code", code)
    phone.get_by_role("button", name="Show photos and prices").click()
    expect(phone.locator(".extra")).to_contain_text("¥ 680.50")
    expect(phone.locator(".shots img")).to_be_visible()
    phone.get_by_role("button", name="Agree").click()
    expect(phone.locator("main")).to_contain_text("Is that right?")
    phone.get_by_role("button", name="Yes, please do it").click()
    expect(phone.locator(".answers")).to_contain_text("agreed")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def promise_anew(anna: Page) -> None:
    """The agreed work takes longer than was promised: the advisor promises another time."""
    expect(anna.locator("#part-promise")).to_contain_text("Does the promise stay?")
    anna.get_by_role("button", name="Promise another time…").click()
    anna.locator("#dialog [data-other]").check()
    anna.get_by_label("Another time").fill("2026-11-23T13:30")
    anna.locator('#dialog [name="reason"]').fill("rear pads agreed")
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator("#part-promise")).to_have_count(0)
    expect(anna.locator("#order-head .promise")).to_contain_text("Promised 13:30")


def settle_and_take_payment(cora: Page, job: str) -> None:
    """The cashier makes the statement: the ordered lines and the agreed one."""
    of_order(cora, job, "handover")
    cora.get_by_role("button", name="Make the statement").click()
    expect(cora.locator("#part-statement .total").last).to_have_text("1,701.00")
    cora.get_by_role("radio", name="WeChat Pay").first.check()
    cora.get_by_role("button", name="Take the payment").click()
    expect(cora.locator("#part-payment")).to_contain_text("Paid in full.")


def tell_the_customer(anna: Page, job: str) -> None:
    """The advisor says that the car is ready."""
    of_order(anna, job, "handover")
    anna.get_by_role("button", name="Ready: tell the customer").click()
    expect(anna.locator("#order-head")).to_contain_text("Ready")


def explain_the_work(anna: Page) -> None:
    """The advisor goes through the handover list, old parts first, and names the next service."""
    points = anna.locator("#part-list .point")
    expect(points.first).to_contain_text("Old parts")
    anna.get_by_label("Next service on").fill("2027-05-23")
    anna.get_by_label("Next service at").fill("50210")
    anna.keyboard.press("Enter")
    expect(anna.locator("#part-list .point.done")).to_contain_text("2027-05-23 or at 50210 km")
    for done in range(1, points.count()):
        anna.locator("#part-list .to-do").first.get_by_role("button").click()
        expect(anna.locator("#part-list .point.done")).to_have_count(done + 1)


def give_the_pass(cora: Page) -> str:
    """The cashier issues the gate pass and prints it; its code."""
    cora.get_by_role("button", name="Issue the gate pass").click()
    code = cora.locator("#part-pass .code").inner_text()
    cora.get_by_role("link", name="Print the gate pass").click()
    expect(cora.locator(".pass .code")).to_have_text(code)
    expect(cora.locator(".pass")).to_contain_text(TAIL)
    return code


def hand_over(anna: Page) -> None:
    """The advisor hands the car over."""
    anna.get_by_role("button", name="Car handed over").click()
    expect(anna.locator("#order-head")).to_contain_text("Delivered")


def let_out(keeper: Page, code: str) -> None:
    """The gate keeper types the code of the pass."""
    base = keeper.url.split("/", 3)
    keeper.goto(f"{base[0]}//{base[2]}/gate")
    keeper.fill("#code", code)
    keeper.get_by_role("button", name="Check and let out").click()
    expect(keeper.locator(".may-leave")).to_contain_text("May leave")
