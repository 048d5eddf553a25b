"""What controller, technician, team leader, inspector and washer do by hand at one car."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.hands_at_the_desk import COMPLAINT, EXTRA, TAIL
from tests.e2e.screens import drag, tap


def dispatch(carl: Page) -> None:
    """The controller drags the card onto bay 3 and chooses Tom."""
    expect(carl.locator("#order-dispatch .card", has_text=TAIL)).to_be_visible()
    drag(carl, f".card:has-text('{TAIL}')", ".bays [data-bay='3']")
    carl.locator("label.choice", has_text="Tom").click()
    carl.locator("#dialog button[type=submit]").click()
    expect(carl.locator("#order-work .card", has_text=TAIL)).to_be_visible()


def drive_in_and_start(tom: Page) -> None:
    """The technician drives into the bay and starts on the first line."""
    expect(tom.locator("#job")).to_contain_text(TAIL)
    expect(tom.locator("#job")).to_contain_text(COMPLAINT)
    tap(tom, "place")
    start(tom)


def start(tom: Page) -> None:
    """Begin the line at hand."""
    tap(tom, "start")
    expect(tom.locator(".deed.finish:visible")).to_be_visible()


def finish(tom: Page) -> None:
    """Finish the line at hand."""
    tap(tom, "finish")
    expect(tom.locator(".deed.finish:visible")).to_have_count(0)


def work_on_every_line(tom: Page, lines: int) -> None:
    """Finish the line at hand and begin the next, until all are done."""
    for left in reversed(range(lines)):
        finish(tom)
        if left:
            start(tom)


def ask_for_a_part(tom: Page) -> None:
    """The technician asks for two seal rings."""
    tap(tom, "parts")
    tom.get_by_role("button", name="Ask for a part…").click()
    asked = tom.locator("dialog[open]")
    asked.get_by_label("Which part").fill("Seal ring")
    asked.get_by_label("How many").fill("2")
    asked.get_by_role("button", name="Ask for it").click()
    expect(tom.locator("#order-lines .tile.on")).to_contain_text("Parts requested")


def report_what_was_found(tom: Page, photo: Path) -> None:
    """The technician reports thin pads, with a photo."""
    tom.locator("[data-ask-now=telling]").click()
    tom.get_by_role("link", name="Found something").click()
    tom.get_by_label("What is to be done").fill(EXTRA)
    tom.get_by_label("What was found, for the customer").fill("2.1 mm left")
    tom.fill("#found-hours", "1")
    tom.set_input_files("[data-photo]", photo)
    expect(tom.locator(".photo img")).to_be_visible()
    tom.get_by_role("button", name="Report it").click()
    tom.wait_for_url("**/tablet")


def check_own_work(tom: Page, job: str) -> None:
    """The self-check: every point is looked at, all in order."""
    tap(tom, "points")
    tom.wait_for_url(f"**/orders/{job}/checks?tablet")
    expect(tom.locator("#check-head")).to_contain_text("Self-check")
    pass_check(tom, "Team check due")
    tom.goto(tom.url.replace(f"/orders/{job}/checks?tablet", "/tablet"))


def pass_check(page: Page, then: str) -> None:
    """Everything is in order."""
    page.get_by_role("button", name="All in order: passed").click()
    expect(page.locator("#order-head")).to_contain_text(then)


def open_check(page: Page, job: str) -> None:
    """From the list of cars that wait for one's check to its points."""
    base = page.url.split("/", 3)
    page.goto(f"{base[0]}//{base[2]}/checks")
    page.locator(f"#checks-mine a[href='/orders/{job}/checks']").click()
    page.wait_for_url(f"**/orders/{job}/checks")


def drive_on_the_road(ines: Page, out: int) -> None:
    """The inspector drives six kilometres."""
    ines.fill("#km", str(out))
    ines.get_by_role("button", name="Drive out").click()
    expect(ines.locator("#order-head")).to_contain_text("Road test")
    ines.fill("#km", str(out + 6))
    ines.get_by_role("button", name="Back from the road test").click()
    expect(ines.locator("#check-rounds")).to_contain_text(f"{out}–{out + 6} km (6 km)")


def fail_the_check(ines: Page) -> None:
    """The inspector still hears the noise: the point, its defect, and back to the bay."""
    ines.locator("#point-lamps_out").get_by_role("button", name="Not in order…").click()
    ines.locator('#dialog [name="defect"][value="noise"]').check()
    ines.locator('#dialog [name="note"]').fill("front left, below 20 km/h")
    ines.locator('#dialog [type="submit"]').click()
    expect(ines.locator("#point-lamps_out.not_ok")).to_be_visible()
    ines.get_by_role("button", name="Not passed: to rework…").click()
    expect(ines.locator('#dialog [name="defect"][value="noise"]')).to_be_checked()
    ines.get_by_label("front brake pads").check()
    ines.locator('#dialog [type="submit"]').click()
    expect(ines.locator("#order-head")).to_contain_text("Rework")


def redo(tom: Page) -> None:
    """The technician reads what was found, and does that line again."""
    expect(tom.locator(".tab-failed")).to_contain_text("found by Ines")
    start(tom)
    finish(tom)


def wash(willy: Page) -> None:
    """The washer washes the car with two taps."""
    expect(willy.locator(".card-wash")).to_contain_text(TAIL)
    willy.locator(".deed.wash:visible").click()
    willy.locator(".deed.washed:visible").click()
    expect(willy.locator("#job")).to_contain_text("No car waits for the wash.")
